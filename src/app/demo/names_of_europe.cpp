#include <array>

#include "app/demo/names.hpp"

namespace tenantry::app {

namespace {

using Name = std::string_view;

constexpr Name kEnglishWomen[]{
    "Olivia",   "Amelia",   "Ivy",    "Daisy",   "Phoebe", "Zoë",       "Chloë",  "Charlotte", "Alice",
    "Grace",    "Emily",    "Lucy",   "Eleanor", "Hannah", "Lauren",    "Beth",   "Rebecca",   "Gemma",
    "Samantha", "Joanne",   "Tracey", "Karen",   "Julie",  "Christine", "Linda",  "Susan",     "Patricia",
    "Mary-Ann", "Margaret", "Sheila", "Maureen", "Jean",   "Beryl",     "Doreen",
};
constexpr Name kEnglishMen[]{
    "Oliver", "Alfie",  "Freddie", "George",  "Harry",   "Charlie", "Jack",    "Toby",  "Zachary",
    "Luke",   "Thomas", "James",   "William", "Matthew", "Daniel",  "Dean",    "Lee",   "Darren",
    "Simon",  "Adrian", "Paul",    "Gary",    "Stephen", "Kevin",   "Michael", "David", "Peter",
    "Trevor", "Barry",  "Roy",     "Derek",   "Kenneth", "Ronald",  "Stanley",
};
constexpr Name kEnglishSurnames[]{
    "Smith",     "Jones",    "Taylor",      "Brown",        "Wilson",        "Johnson",     "Walker",
    "Wright",    "Thompson", "White",       "Green",        "Hall",          "Wood",        "Harris",
    "Clark",     "Cooper",   "Turner",      "Baker",        "Hill",          "Ward",        "Parker",
    "Cook",      "Bennett",  "Carter",      "Bailey",       "Shaw",          "Webb",        "Marsh",
    "Pritchett", "Ashdown",  "Barraclough", "Featherstone", "Clarke-Hughes", "Hart-Davies", "Brontë-Wells",
    "Thwaites",  "Ogden",    "Spinks",      "Coe",          "D'Arcy",
};
constexpr Name kIrishWomen[]{
    "Saoirse", "Caoimhe", "Aoife",   "Róisín", "Niamh",      "Ciara",  "Maeve",    "Orla",
    "Sinéad",  "Siobhán", "Gráinne", "Eileen", "Bernadette", "Noreen", "Kathleen", "Bridget",
};
constexpr Name kIrishMen[]{
    "Oisín", "Conor",  "Liam",    "Cormac",  "Eoin",   "Seán",    "Ruairí", "Declan",
    "Colm",  "Fergal", "Brendan", "Pádraig", "Dermot", "Michael", "Gerard", "Patrick",
};
constexpr Name kIrishSurnames[]{
    "O'Brien",    "Murphy",        "Kelly",     "O'Sullivan",
    "Walsh",      "Byrne",         "Ryan",      "O'Connor",
    "O’Neill",    "Doyle",         "Gallagher", "Doherty",
    "Kennedy",    "McCarthy",      "Quinn",     "Mac Giolla Phádraig",
    "Fitzgerald", "O'Shaughnessy", "Brennan",   "Keane",
};
constexpr Name kScottishWomen[]{
    "Fiona",  "Morag", "Catriona", "Eilidh", "Isla",  "Kirsty",
    "Mhairi", "Shona", "Elspeth",  "Ailsa",  "Moira", "Lorna",
};
constexpr Name kScottishMen[]{
    "Callum", "Angus",  "Hamish", "Alasdair", "Ewan",   "Iain",
    "Gregor", "Fraser", "Duncan", "Rory",     "Stuart", "Malcolm",
};
constexpr Name kScottishSurnames[]{
    "MacDonald", "Campbell", "Stewart",  "McLeod",    "Murray",  "Fraser",  "Cameron",  "MacKenzie",
    "Sinclair",  "Buchanan", "McGregor", "Colquhoun", "Menzies", "Dalziel", "Urquhart", "Ross",
};
constexpr Name kWelshWomen[]{
    "Siân",  "Rhiannon", "Carys", "Megan", "Angharad", "Bronwen",
    "Ffion", "Nerys",    "Eleri", "Gwen",  "Cerys",    "Myfanwy",
};
constexpr Name kWelshMen[]{
    "Rhys", "Gareth", "Dylan", "Ieuan", "Owain", "Geraint", "Huw", "Gethin", "Llŷr", "Emrys", "Iwan", "Aled",
};
constexpr Name kWelshSurnames[]{
    "Evans", "Davies", "Llewellyn", "Morgan",  "Griffiths",   "Rees",    "Price",
    "Bevan", "Pugh",   "Gwynne",    "ap Rhys", "Lloyd-Jones", "Vaughan", "Probert",
};
constexpr Name kPolishWomen[]{
    "Agnieszka", "Małgorzata", "Katarzyna", "Zofia", "Joanna",  "Magdalena", "Ewa",
    "Alicja",    "Weronika",   "Bożena",    "Iwona", "Grażyna", "Żaneta",    "Kinga",
};
constexpr Name kPolishMen[]{
    "Łukasz",   "Piotr",    "Tomasz", "Paweł",    "Krzysztof", "Marcin", "Michał",
    "Wojciech", "Grzegorz", "Jakub",  "Zbigniew", "Sławomir",  "Rafał",  "Bartosz",
};
constexpr Name kPolishSurnames[]{
    "Kowalski", "Wiśniewski", "Lewandowski", "Zieliński", "Szymański", "Dąbrowski", "Kozłowski", "Jankowski",
    "Nowak",    "Wójcik",     "Mazur",       "Woźniak",   "Pawlak",    "Król",      "Wróbel",    "Gołąb",
};
constexpr Name kPolishSurnamesOfWomen[]{
    "Kowalska", "Wiśniewska", "Lewandowska", "Zielińska", "Szymańska", "Dąbrowska", "Kozłowska", "Jankowska",
    "Nowak",    "Wójcik",     "Mazur",       "Woźniak",   "Pawlak",    "Król",      "Wróbel",    "Gołąb",
};
constexpr Name kRomanianWomen[]{
    "Ioana",    "Andreea", "Ștefania", "Mihaela",   "Elena",      "Gabriela",
    "Mădălina", "Raluca",  "Cristina", "Ana-Maria", "Florentina", "Simona",
};
constexpr Name kRomanianMen[]{
    "Ștefan", "Andrei",   "Mihai",  "Ionuț",  "Cătălin", "Bogdan",
    "Vlad",   "Gheorghe", "Florin", "Răzvan", "Adrian",  "Constantin",
};
constexpr Name kRomanianSurnames[]{
    "Popescu",  "Ionescu",   "Popa",  "Stan",   "Dumitru", "Constantinescu", "Țurcanu",
    "Munteanu", "Lăzărescu", "Bălan", "Nistor", "Ciobanu", "Moldoveanu",     "Sârbu",
};
constexpr Name kPortugueseWomen[]{
    "Maria",    "Inês",  "Conceição", "Beatriz", "Fátima",  "Lourdes",
    "Catarina", "Joana", "Luísa",     "Graça",   "Mariana", "Rosário",
};
constexpr Name kPortugueseMen[]{
    "João", "António", "José",  "Tiago",  "Gonçalo", "Luís",
    "Rui",  "Nuno",    "Simão", "Sérgio", "Duarte",  "Hélder",
};
constexpr Name kPortugueseSurnames[]{
    "da Silva", "Santos",    "Ferreira", "Gonçalves", "Magalhães", "de Oliveira", "Simões",
    "Araújo",   "Conceição", "Teixeira", "Brandão",   "dos Reis",  "Lourenço",    "Falcão",
};
constexpr Name kSpanishWomen[]{
    "María José", "Lucía",  "Carmen", "Begoña", "Inmaculada", "Ángela",
    "Rocío",      "Ximena", "Noelia", "Pilar",  "Valeria",    "Guadalupe",
};
constexpr Name kSpanishMen[]{
    "José",  "Iñaki",   "Jesús",     "Andrés", "Joaquín", "Álvaro",
    "Ramón", "Nicolás", "Sebastián", "Rubén",  "Germán",  "Wilson",
};
constexpr Name kSpanishSurnames[]{
    "García López", "Muñoz",         "Núñez",      "Peña",    "Rodríguez", "Ibáñez",  "Quispe Mamani",
    "Restrepo",     "Martínez Cruz", "Echeverría", "Vásquez", "Ordóñez",   "Castaño", "Zúñiga",
};
constexpr Name kUkrainianWomen[]{
    "Oksana", "Olena", "Iryna", "Nataliia", "Svitlana", "Kateryna", "Yuliia", "Halyna", "Solomiia", "Daryna",
};
constexpr Name kUkrainianMen[]{
    "Oleksandr", "Andrii", "Mykola", "Dmytro", "Volodymyr", "Serhii", "Taras", "Bohdan", "Yevhen", "Viktor",
};
constexpr Name kUkrainianSurnames[]{
    "Shevchenko", "Kovalenko", "Bondarenko", "Tkachenko", "Marchuk", "Polishchuk",
    "Lysenko",    "Hrytsenko", "Moroz",      "Savchuk",   "Dubyna",  "Zinchenko",
};
constexpr Name kFrenchWomen[]{
    "Élodie", "Françoise", "Aurélie", "Hélène", "Chloé", "Gaëlle", "Anaïs", "Béatrice", "Maëlys", "Zoé",
};
constexpr Name kFrenchMen[]{
    "François", "Jérôme", "Benoît", "Raphaël", "Loïc", "Étienne", "Thierry", "Jean-Luc", "Théo", "Gaël",
};
constexpr Name kFrenchSurnames[]{
    "Lefèvre", "Dubois",    "Bélanger", "Rousseau", "Gauthier",  "d'Aubigné",
    "Le Goff", "Chevalier", "Béranger", "Noël",     "L'Hôpital", "Garçon",
};
constexpr Name kItalianWomen[]{
    "Chiara",  "Giulia",   "Francesca", "Anna Maria", "Alessandra",
    "Rosaria", "Beatrice", "Loredana",  "Ginevra",    "Noemi",
};
constexpr Name kItalianMen[]{
    "Giuseppe", "Niccolò",  "Salvatore", "Matteo", "Lorenzo",
    "Gianluca", "Vincenzo", "Ettore",    "Davide", "Raffaele",
};
constexpr Name kItalianSurnames[]{
    "Rossi",     "D'Angelo", "Esposito", "De Luca", "Ricci",   "Dell'Orto",
    "Lo Presti", "Fabbri",   "Cattaneo", "Nicolì",  "Bellini", "Sartori",
};
constexpr Name kGreekWomen[]{
    "Eleni", "Maria", "Despina", "Androulla", "Katerina", "Sofia", "Panayiota", "Ioanna", "Chrystalla", "Zoi",
};
constexpr Name kGreekMen[]{
    "Andreas",  "Giorgos", "Costas",  "Panayiotis", "Nikos",
    "Dimitris", "Savvas",  "Yiannis", "Stelios",    "Theodoros",
};
constexpr Name kGreekSurnames[]{
    "Papadopoulos", "Georgiou",      "Charalambous", "Ioannidis",   "Christodoulou",
    "Nikolaidis",   "Hadjigeorgiou", "Angelopoulos", "Michaelides", "Constantinou",
};
constexpr Name kGreekSurnamesOfWomen[]{
    "Papadopoulou", "Georgiou",      "Charalambous", "Ioannidou",   "Christodoulou",
    "Nikolaidou",   "Hadjigeorgiou", "Angelopoulou", "Michaelidou", "Constantinou",
};
constexpr Name kYiddishWomen[]{
    "Chaya", "Rivka",  "Malka",   "Esther",  "Sara Leah", "Miriam", "Gittel",
    "Faigy", "Bracha", "Devorah", "Tzipora", "Yocheved",  "Shira",  "Noa",
};
constexpr Name kYiddishMen[]{
    "Moshe",     "Yaakov",  "Shmuel",  "Chaim",   "Menachem", "Yitzchok", "Dovid",
    "Mordechai", "Avrohom", "Hershel", "Pinchas", "Eliezer",  "Ari",      "Noam",
};
constexpr Name kYiddishSurnames[]{
    "Friedman",   "Grünfeld",  "Weiss", "Goldstein", "Rosenberg",  "Katz",       "Schwartz",
    "Halberstam", "Ben-David", "Levy",  "Stern",     "Herskovitz", "Teitelbaum", "Mizrahi",
};
constexpr Name kCyrillicWomen[]{"Ольга", "Олена", "Софія"};
constexpr Name kCyrillicMen[]{"Олександр", "Дмитро", "Іван"};
constexpr Name kCyrillicSurnames[]{"Шевченко", "Коваленко", "Мельник"};
constexpr Name kGreekLetterWomen[]{"Ελένη", "Σοφία"};
constexpr Name kGreekLetterMen[]{"Γιώργος", "Ανδρέας"};
constexpr Name kGreekLetterSurnames[]{"Γεωργίου", "Νικολάου"};
constexpr Name kCheerfulWomen[]{"Joy 🌻", "Sunny ☀️"};
constexpr Name kCheerfulMen[]{"Jay 🎸", "Max ⚡"};

constexpr std::array kCultures{
    Culture{1000, kEnglishWomen, kEnglishMen, kEnglishSurnames, {}},
    Culture{130, kIrishWomen, kIrishMen, kIrishSurnames, {}},
    Culture{60, kScottishWomen, kScottishMen, kScottishSurnames, {}},
    Culture{50, kWelshWomen, kWelshMen, kWelshSurnames, {}},
    Culture{120, kPolishWomen, kPolishMen, kPolishSurnames, kPolishSurnamesOfWomen},
    Culture{80, kRomanianWomen, kRomanianMen, kRomanianSurnames, {}},
    Culture{80, kPortugueseWomen, kPortugueseMen, kPortugueseSurnames, {}},
    Culture{90, kSpanishWomen, kSpanishMen, kSpanishSurnames, {}},
    Culture{40, kUkrainianWomen, kUkrainianMen, kUkrainianSurnames, {}},
    Culture{50, kFrenchWomen, kFrenchMen, kFrenchSurnames, {}},
    Culture{50, kItalianWomen, kItalianMen, kItalianSurnames, {}},
    Culture{50, kGreekWomen, kGreekMen, kGreekSurnames, kGreekSurnamesOfWomen},
    Culture{90, kYiddishWomen, kYiddishMen, kYiddishSurnames, {}},
    Culture{3, kCyrillicWomen, kCyrillicMen, kCyrillicSurnames, {}},
    Culture{2, kGreekLetterWomen, kGreekLetterMen, kGreekLetterSurnames, {}},
    Culture{2, kCheerfulWomen, kCheerfulMen, kEnglishSurnames, {}},
};

}  // namespace

std::span<const Culture> names_of_europe() {
    return kCultures;
}

}  // namespace tenantry::app
