"""Drafting: from a text to proposed entries and fields, which a person then confirms.

```python
from undersight.extract import draft

proposed = draft(text, context_date=date(2024, 3, 5))
proposed.to_json()
```
"""

from __future__ import annotations

from undersight.extract.drafting import HintSource, draft
from undersight.extract.gazetteer import Gazetteer, Known

__all__ = ["Gazetteer", "HintSource", "Known", "draft"]
