"""Common given names of the region, and which of them are one name.

Given names are listed to tell them from surnames and to know that two similar ones (``Rəşad``,
``Rəşid``) are two names; a name missing here is compared by its letters. One group a line.
"""

from __future__ import annotations

GIVEN_NAMES = """
Abbas Abdulla Abdullah Abil Adəm Adil Afaq Afət Afiq Ağa Ağabəy Akif Aqil Aqşin Alim Alina
Allahverdi Altay Anar Anna Araz Arif Arzu Aslan Asif Asim Aşot Aydan Aydın Aygün Ayaz Aynur
Aynurə Aysel Aysu Aytac Aytən Azad Azadə Azər Babək Bahar Baxtiyar Bayram Behruz Bəhram Bəxtiyar
Bəsti Bilal Cabbar Cahan Cahangir Cahid Camal Cavad Cavanşir Cavid Ceyhun Ceyran Cəfər Cəlal
Cəlil Cəmil Cəmilə Çingiz Çiçək Dadaş Daşqın Dəniz Dilarə Dilbər Dürdanə Elbrus Elçin Eldar
Eldəniz Elgün Elmar Elmir Elmira Elman Elnarə Elnur Elnurə Elsevər Elşad Elşən Eltac Elvin
Elvira Elxan Elyar Emil Emin Eminə Etibar Əbülfəz Ədalət Əfqan Əhməd Əkbər Əkrəm Ələkbər Ələsgər
Əli Əliağa Əlibala Əlişir Əlövsət Əmir Əminə Ənvər Əsəd Əsgər Əsmər Əşrəf Əyyub Əziz Əzizə Faiq
Famil Faramaz Farhad Fatimə Fəqan Fəxrəddin Fəxri Fəraid Fərhad Fərid Fəridə Fərman Fəridun
Fərrux Fəxriyyə Fidan Fikrət Firəngiz Firdovsi Firudin Firuzə Fizuli Flora Fuad Füzuli Gövhər
Gülbəniz Gülçin Gülər Gülnar Gülnarə Gülşən Gülzar Gültəkin Günay Günel Gündüz Habil Hafiz
Hamlet Həbib Həbibə Həcər Həmid Həmidə Həsən Həsrət Həvva Hikmət Hidayət Hicran Hökumə Humay
Hüseyn Hüsnü Xaqan Xalid Xalidə Xanlar Xaliq Xatirə Xədicə Xəlil Xəyal Xəyalə Xəzər Xoşqədəm
Xumar İbadət İbrahim İdris İlahə İlahiyə İlham İlhamə İlkin İlqar İltifat İlyas İmdad İmran
İntiqam İradə İqbal İsa İsaq İsfəndiyar İsgəndər İslam İsmayıl İsmət İsrafil Kamal Kamalə Kamil
Kamilə Kamran Kazım Kəmalə Kənan Kərim Kərəm Könül Qabil Qafar Qalib Qasım Qədir Qəhrəman Qənirə
Qəzənfər Qəribə Qiyas Qorxmaz Qubad Qulam Qurban Lalə Laura Leyla Leyli Lətif Lətifə Ləman
Lalezar Maarif Mahir Mahmud Malik Mansur Mariya Mayis Mehdi Mehriban Mehman Mətanət Mətin
Məhəbbət Məhəmməd Məhərrəm Məlahət Məlik Məleykə Məmməd Məmmədəli Mənsur Məryəm Məsud Məzahir
Mikayıl Mirzə Mirəli Mirələm Mirşahin Mövlud Mövsüm Mustafa Murad Musa Muxtar Mübariz Müseyib
Müslüm Müşfiq Mütəllim Nadir Nailə Namiq Natavan Natiq Nazim Nazilə Nazlı Nəcəf Nəcib Nəcməddin
Nərgiz Nəriman Nərmin Nərminə Nəsib Nəsimi Nəsir Nəzakət Nəzrin Niyaməddin Nicat Nigar Nihad
Nizami Novruz Nurəddin Nuranə Nuray Nurə Nuri Nuriyyə Nurlan Oqtay Oksana Orxan Oruc Ömər Pərviz
Pərvanə Pərvin Pənah Polad Pünhan Raqif Rahib Rahilə Rail Ramal Ramil Ramilə Ramin Ramiz Rasim
Rauf Rafiq Ravil Raya Rəcəb Rəhim Rəhilə Rəhman Rəna Rəsul Rəşad Rəşid Rəvan Rəvanə Roza Roman
Rövşən Rövşanə Rübabə Rüfət Rüstəm Ruslan Ruqiyyə Rza Sabir Sabirə Sadıq Sahib Sahibə Sahil
Sakit Salatın Saleh Salman Samir Samirə Sara Sarvan Sayad Səadət Səbinə Səbuhi Sədaqət Səfər
Səid Səidə Səkinə Səlim Səlimə Səmayə Səməd Səmra Səmədağa Sənan Sənəm Sərdar Sərxan Sərvər
Səttar Səyavuş Sevda Sevil Sevinc Seymur Simarə Sima Sona Sübhan Süleyman Sultan Südabə Solmaz
Surxay Şaban Şahbaz Şahin Şahlar Şahmar Şahnaz Şahzadə Şakir Şamil Şamo Şəfəq Şəfiqə Şəhla
Şəhriyar Şəlalə Şəmsi Şərif Şirin Şirvan Şövkət Şöhrət Tağı Tahir Tahirə Talıb Tamara Tamerlan
Tamilla Tarıyel Telman Teymur Təbriz Təhminə Təranə Tofiq Toğrul Turan Tural Turac Turxan Turanə
Tünzalə Ülkər Ülviyyə Ülvi Ümid Üzeyir Vahid Vahidə Valeh Vaqif Vasif Vəfa Vəkil Vəli Vəsilə
Vidadi Vilayət Vüqar Vüsal Vüsalə Yadigar Yalçın Yaqub Yaşar Yavər Yavuz Yaqut Yeganə Yusif
Yunis Zabil Zahid Zahir Zakir Zamiq Zamin Zaur Zeynəb Zəhra Zəka Zəmfira Zərifə Zərinə Zivər
Ziya Zöhrə Züleyxa Zülfiyyə Zülfü Zülfüqar Александр Александра Алексей Алёна Алина Анастасия
Анатолий Андрей Анна Антон Аркадий Артём Артур Борис Вадим Валентин Валентина Валерий Валерия
Варвара Василий Вера Вероника Виктор Виктория Виталий Владимир Владислав Всеволод Вячеслав
Галина Геннадий Георгий Григорий Даниил Дарья Денис Дмитрий Евгений Евгения Екатерина Елена
Елизавета Захар Иван Игорь Илья Инна Ирина Кирилл Константин Ксения Лариса Лев Леонид Лидия
Любовь Людмила Майя Максим Маргарита Марина Мария Марк Михаил Надежда Наталья Никита Николай
Оксана Олег Олеся Ольга Павел Пётр Полина Роман Светлана Святослав Семён Сергей Станислав Степан
Тамара Тарас Татьяна Тимофей Тимур Фёдор Филипп Эдуард Элина Эльвира Юлия Юрий Яков Яна Ярослав
Рамазан Магомед Шамиль Заур Руслан Асхат Нурсултан Касым Динара Айгуль Азамат Adem Ali Alper
Arda Atilla Aslı Ayşe Barış Banu Berk Burak Bülent Can Cem Cemal Cengiz Deniz Derya Devrim Dilek
Ebru Ece Elif Emine Emrah Emre Ercan Erdal Erdem Ergün Erhan Erkan Erol Esra Fatih Fatma Ferhat
Fethi Fırat Gamze Gökhan Gül Gülay Hakan Halil Hande Hasan Hatice Haydar Hülya Hüseyin İsmail
Kadir Kemal Kerem Levent Mehmet Melek Meltem Meral Merve Mert Metin Murat Neşe Oğuz Okan Orhan
Osman Ömer Özge Özgür Özlem Pelin Pınar Ramazan Recep Rıza Salih Sedat Selçuk Selim Selin Serdar
Serhat Serkan Sevgi Sibel Sinan Songül Suat Şenol Şükrü Tayfun Tayyip Tolga Tuncay Turgut Uğur
Umut Volkan Yasin Yıldız Yılmaz Zehra Zeki Zeynep Aaron Adam Alan Albert Alexander Alexandra
Alfred Alice Allen Amanda Amy Andrea Andrew Angela Anthony Antonio Arthur Barbara Benjamin
Bernard Betty Brian Bruce Carl Carlos Carol Caroline Catherine Charles Charlotte Christian
Christina Christine Christopher Claire Daniel David Deborah Diana Donald Dorothy Edward
Elizabeth Emily Emma Eric Ethan Eugene Eva Florence Francis Frank Frederick Gary George Gerald
Grace Hannah Harold Harry Helen Henry Hugh Ian Jack Jacob James Jane Janet Jason Jean Jennifer
Jessica Joan Joel John Jonathan Jose Joseph Joshua Juan Judith Julia Julian Karen Keith Kenneth
Kevin Lawrence Leo Linda Lisa Louis Lucas Lucy Luke Margaret Maria Mark Martha Martin Mary
Matthew Maurice Michael Michelle Miguel Nancy Nathan Neil Nicholas Nicole Nina Noah Oliver Oscar
Pamela Patricia Patrick Paul Pedro Peter Philip Rachel Ralph Raymond Rebecca Richard Robert
Roger Ronald Rosa Rose Russell Ruth Samuel Sandra Sarah Scott Sean Sharon Simon Sophia Sophie
Stephanie Stephen Steven Stuart Susan Sylvia Teresa Theodore Thomas Timothy Tony Victor Victoria
Vincent Virginia Walter William Ahmad Mohammed Muhammad Mahmoud Omar Usman Hassan Hussein Yusuf
Ismail Khaled Layla Fatima Aisha Zainab Amir Reza Hamid Majid Saeed Masoud Nasser Naser Jamal
Kareem Walid Tariq Bashar Samira Nadia Karim Rashid Giorgi Levan Irakli Nino Tamar Davit Zurab
Armen Hayk Ani Lusine Tigran Vardan Nikol Gor Anahit
"""
"""Common given names, to tell them from surnames."""

SPELLING_GROUPS = """
Mohammed Muhammad Məhəmməd Mohamed Mahammad Muhammed Мухаммед Магомед Mohammad Mehemmed
Alexander Aleksandr Aleksander Alexandr Oleksandr Aleksandar
Yusif Yusuf Yusef Юсуф Youssef Yousef
Sergey Sergei Sergej Serhiy Serhii Sergiy
Vladimir Wladimir Volodymyr Uladzimir
Nikolay Nikolai Mykola Nicolai
Mikhail Mihail Mykhailo Михаил
Aleksey Alexei Aleksei Oleksiy Oleksii Alexey
Andrey Andrei Andriy Andrii Andrej
Dmitriy Dmitry Dmytro Dmitri
Yevgeniy Evgeny Yevhen Yevgeny Eugene Евгений
Pyotr Petr Petro Пётр
Pavel Pavlo
Elena Yelena Olena Елена
Natalya Natalia Nataliya Наталья Natalja
Tatyana Tatiana Tetiana Татьяна
Yuliya Julia Yulia Юлия Julija
Mariya Maria Мария Marija
Sofiya Sofia Sophia Софья
Viktoriya Victoria Viktoria Виктория
Viktor Victor
Fyodor Fedor Федор
Semyon Semen
Artyom Artem
Xədicə Khadija Hatice Хадиджа Khadijah
Aişə Aisha Ayşe Ayesha Аиша
Fatimə Fatima Fatma Фатима
Əhməd Ahmed Ahmet Ahmad Ахмед
Osman Usman Othman Османа
Ömər Omar Umar Omer Ömer
Zəhra Zahra Zehra
Zöhrə Zohra Зохра Zuhra
İsgəndər Iskander Iskandar İskender Искендер Искандер
Hüseyn Hussein Hüseyin Hossein Husayn Hussain Гусейн Хусейн
Süleyman Suleiman Sulaiman Solomon Сулейман
Rəcəb Recep Rajab Раджаб
Əyyub Eyüp Ayyub Эйюб Eyyub
Yaqub Yakup Yaqoub Якуб
Mehdi Mahdi Мехти Mehti
Tofiq Tofik Tevfik Tawfiq Тофик
Məsud Masoud Mesut Масуд
Zeynəb Zeynep Zainab Зейнаб
Qədir Kadir Gadir Qadir Гадир Кадыр
Qasım Kasım Gasim Касум Kasum Qasim
Qurban Kurban Gurban
Qulam Gulam Gholam Гулам
Əbülfəz Abulfaz Ebulfez Абульфаз Abülfez
Əbülfəs Abulfas
Cavanşir Javanshir Джаваншир Cevanşir
Ceyhun Jeyhun Джейхун Jeihun Ceyhoun
Mikayıl Mikail Микаил Mikayil
İbrahim Ibragim Ибрагим Ebrahim
Tahir Tagir Таир Тахир
Mahir Магир Махир
Zahid Загид Захид
Vahid Вагид Вахид
Şahin Шахин Shahin Şagin
Rövşən Rovshan Ровшан Revşen
Gövhər Govhar Gowhar Говхар Gevher Gauhar
Toğrul Togrul Tuğrul Тогрул Toghrul
Oqtay Oktay Октай
Üzeyir Uzeyir Узеир
Ülviyyə Ulviyya Ulviye Ульвия
Mövlud Movlud Mevlüt Мовлуд
Mövsüm Movsum Мовсум
Şövkət Shovkat Şevket Шовкет
Bəhruz Behruz Bahruz Бахруз
Georgiy Georgy Георгий Giorgi Heorhii
Grigoriy Grigory Григорий Hryhorii
Igor Ihor
Oleg Oleh
Ludmila Lyudmila Людмила Liudmyla
Ksenia Xenia Kseniya Ксения
Hasan Hassan Həsən Гасан Хасан
Steven Stephen
Catherine Katherine Kathryn
Sarah Sara
Mahmud Mahmoud Mahmut Махмуд
Cemal Jamal Camal Gamal Джамал
Nuraddin Nurəddin Nureddin Nooruddin
"""

NICKNAME_GROUPS = """
Alexander Александр Sasha Саша Alex Шура
Alexandra Александра Sasha Саша Alex
Mikhail Михаил Misha Миша
Dmitriy Дмитрий Dima Дима Mitya
Vladimir Владимир Vova Вова Volodya
Sergey Сергей Seryozha Серёжа
Ivan Иван Vanya Ваня
Yekaterina Екатерина Katya Катя
Anastasia Анастасия Nastya Настя
Mariya Мария Masha Маша
Elena Елена Lena Лена
Tatyana Татьяна Tanya Таня
Natalya Наталья Natasha Наташа
Anna Анна Anya Аня
Yevgeniy Евгений Zhenya Женя
Yevgeniya Евгения Zhenya Женя
Nikolay Николай Kolya Коля
Pavel Павел Pasha Паша
Məhəmməd Məmməd Mehmet Muhammad
William Bill Will Billy Liam
Robert Bob Rob Bobby
Richard Dick Rick
James Jim Jimmy
John Jack Johnny
Michael Mike Mick
Thomas Tom Tommy
Edward Ed Ted Eddie
Theodore Ted Teddy
Elizabeth Liz Beth Lizzie Betty
Margaret Maggie Peggy Meg
Catherine Kate Cathy Katie
Joseph Joe
Charles Charlie Chuck
Christopher Chris
Daniel Dan Danny
David Dave
Nicholas Nick
Samuel Sam
Anthony Tony
Andrew Andy Drew
Benjamin Ben
Matthew Matt
Patricia Pat Patty
Stephen Steve
Peter Pete Пётр
Paul Павел
Əli Alik
Həsən Həsənağa
Əliəkbər Ələkbər
"""

LOOKALIKES = """
Armen Arman
Алина Элина
Alina Elina
Joan Juan
Sophia Sophie
Sofia Sofie
Christina Christine
Rosa Rose
Anar Enar
Elman Alman
Elmas Almas
"""
"""Pairs that the keys take for one name in every alphabet and that are two."""
