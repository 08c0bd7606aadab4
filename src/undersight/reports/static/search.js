// Search in the words of a page's own folder: no server, no request. Words come pre-folded;
// a query is folded by the same table (fold.js is generated from the program's own).
(function () {
  "use strict";
  var most = 200;
  var vowels = "аеёиоуыэюяъьАЕЁИОУЫЭЮЯЪЬ";
  var azerbaijani = /[әғҝөүҹһӘҒҜӨҮҸҺ]/;

  function settle(word) {
    // Russian е at the start of a word or after a vowel sounds ye; дж is one sound.
    if (azerbaijani.test(word)) {
      return word.replace(/[гГ]/g, "ԛ");
    }
    if (/[јЈ]/.test(word)) {
      return word;
    }
    return word
      .replace(/[еёЕЁ]/g, function (found, at) {
        return at === 0 || vowels.indexOf(word[at - 1]) >= 0 ? "ѥ" : found;
      })
      .replace(/дж/gi, "ҹь");
  }

  function fold(text) {
    var out = "";
    Array.from(text.normalize("NFC").replace(/[\p{L}\p{M}]+/gu, settle)).forEach(function (c) {
      var folded = undersightFold[c];
      out += folded === undefined ? c.normalize("NFKD").toLowerCase() : folded;
    });
    return out.replace(/`/g, "'");
  }

  function wordsOf(text) {
    return (fold(text).match(/[a-z0-9]+(?:'[a-z0-9]+)*/g) || []).map(function (word) {
      return word.replace(/'/g, "");
    });
  }

  function nameKey(word) {
    var rules = undersightRules;
    var spellings = Object.keys(rules.spellings).join("|");
    var letters = word.replace(/[^a-z]/g, "");
    letters = rules.others[letters] || letters;
    letters = letters
      .replace(new RegExp(rules.finalJ), "y")
      .replace(new RegExp(rules.xIsKs, "g"), "ks")
      .replace(new RegExp(spellings, "g"), function (found) {
        return rules.spellings[found];
      })
      .replace(new RegExp(rules.doubled, "g"), "$1")
      .replace(new RegExp(rules.glide, "g"), "")
      .replace(/[a-z]/g, function (c) {
        return rules.classes[c] || c;
      });
    return letters.replace(new RegExp(rules.doubledConsonant, "g"), "$1");
  }

  function keysOf(word) {
    var keys;
    try {
      keys = [nameKey(word), nameKey(word.replace(new RegExp(undersightRules.gOrH, "g"), "h"))];
    } catch (error) {
      return []; // an old browser without look-behind still finds words
    }
    keys.slice().forEach(function (key) {
      var other = undersightRules.devoiced[key.slice(-1)];
      if (other) {
        keys.push(key.slice(0, -1) + other);
      }
    });
    return keys.filter(function (key) {
      return key.length >= 3;
    });
  }

  function finder(word) {
    var begins = " " + word;
    var keys = keysOf(word).map(function (key) {
      return " " + key;
    });
    return function (entry) {
      return (
        (" " + entry[4]).indexOf(begins) >= 0 ||
        keys.some(function (key) {
          return (" " + entry[5]).indexOf(key) >= 0;
        })
      );
    };
  }

  function search(query) {
    var finders = wordsOf(query).map(finder);
    if (!finders.length) {
      return null;
    }
    return undersight.filter(function (entry) {
      return finders.every(function (finds) {
        return finds(entry);
      });
    });
  }

  function shown(entry) {
    var row = document.createElement("li");
    var title = document.createElement("a");
    var facts = document.createElement("p");
    title.href = entry[0];
    title.textContent = entry[1];
    if (entry[2]) {
      title.lang = entry[2];
    }
    facts.className = "quiet";
    facts.textContent = entry[3];
    row.append(title, facts);
    return row;
  }

  function answer(query) {
    var found = search(query);
    var says = undersightSays;
    var n = found ? found.length : 0;
    var line = n === 0 ? says.none : n === 1 ? says.one : n > most ? says.first : says.many;
    document.getElementById("results").replaceChildren.apply(
      document.getElementById("results"),
      (found || []).slice(0, most).map(shown)
    );
    document.getElementById("found").textContent = found
      ? line.replace("{n}", n).replace("{shown}", most)
      : "";
  }

  undersight = [].concat.apply([], undersight);
  window.undersightSearch = { fold: fold, wordsOf: wordsOf, keysOf: keysOf, search: search };
  var form = document.getElementById("search");
  var field = document.getElementById("q");
  document.getElementById("without").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    answer(field.value);
  });
  field.addEventListener("input", function () {
    answer(field.value);
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (field.value) {
    answer(field.value);
  }
})();
