#include <array>

#include "app/demo/names.hpp"

namespace tenantry::app {

namespace {

using Name = std::string_view;

constexpr Name kBengaliWomen[]{
    "Fatema", "Nasrin",  "Shirin", "Rahima", "Ayesha",     "Sultana", "Jannat",  "Salma",
    "Rokeya", "Taslima", "Nazma",  "Hasina", "Mst. Amina", "Farhana", "Sumaiya", "Rina",
};
constexpr Name kBengaliMen[]{
    "Mohammed", "Abdul",   "Md. Rafiq", "Kamal", "Shahid",  "Jamal", "Nurul",  "Faruk",
    "Tariq",    "Mizanur", "Shafiqul",  "Anwar", "Habibur", "Imran", "Rashed", "Zahid",
};
constexpr Name kBengaliSurnames[]{
    "Miah",    "Ali",       "Uddin", "Ahmed", "Rahman", "Islam",
    "Hussain", "Chowdhury", "Hoque", "Khan",  "Alam",   "Sarkar",
};
constexpr Name kBengaliSurnamesOfWomen[]{
    "Begum", "Begum",     "Khatun", "Ahmed",  "Rahman", "Islam",
    "Begum", "Chowdhury", "Akter",  "Khanam", "Bibi",   "Sarkar",
};
constexpr Name kPunjabiWomen[]{
    "Harpreet",  "Jaspreet", "Simran",    "Manjit", "Gurpreet",
    "Kulwinder", "Navdeep",  "Parminder", "Amrit",  "Balbir",
};
constexpr Name kPunjabiMen[]{
    "Gurdeep",  "Harjinder", "Amarjit", "Sukhdev", "Jaswinder",
    "Rajinder", "Kuldip",    "Manvir",  "Balwant", "Arjan",
};
constexpr Name kPunjabiSurnames[]{
    "Singh", "Singh Gill", "Singh Sandhu", "Dhillon", "Grewal", "Bains", "Singh-Sidhu", "Virdee",
};
constexpr Name kPunjabiSurnamesOfWomen[]{
    "Kaur", "Kaur Gill", "Kaur Sandhu", "Dhillon", "Grewal", "Bains", "Kaur-Sidhu", "Virdee",
};
constexpr Name kGujaratiWomen[]{
    "Priya", "Nisha", "Hansa", "Jyoti", "Kalpana", "Bhavna", "Urmila", "Meera", "Dipti", "Pushpa",
};
constexpr Name kGujaratiMen[]{
    "Rajesh", "Nilesh", "Jayesh", "Hitesh", "Mukesh", "Dinesh", "Kirit", "Bhavesh", "Ashok", "Chirag",
};
constexpr Name kGujaratiSurnames[]{
    "Patel", "Shah",    "Desai",   "Mehta", "Parmar", "Solanki",
    "Joshi", "Chauhan", "Trivedi", "Amin",  "Vyas",   "Nair",
};
constexpr Name kTurkishWomen[]{
    "Ayşe",   "Fatma", "Gülşen", "Çiğdem", "Özlem", "Şule",
    "Zeynep", "Elif",  "Hülya",  "Sevgi",  "İpek",  "Meryem",
};
constexpr Name kTurkishMen[]{
    "Mehmet",  "Mustafa", "Hüseyin", "Çağlar", "Ömer", "Şükrü",
    "İbrahim", "Yusuf",   "Uğur",    "Barış",  "Cem",  "Erdoğan",
};
constexpr Name kTurkishSurnames[]{
    "Yılmaz", "Şahin", "Öztürk",  "Çelik", "Kılıç",    "Aydın",    "Doğan",
    "Arslan", "Güneş", "Özdemir", "Kaya",  "Yıldırım", "Türkoğlu", "Işık",
};
constexpr Name kKurdishWomen[]{
    "Berîvan", "Zîn", "Rojîn", "Avîn", "Hêvî", "Nazdar", "Dilan", "Gulê", "Xezal", "Ronahî",
};
constexpr Name kKurdishMen[]{
    "Azad", "Rêbar", "Şivan", "Baran", "Cîwan", "Dilşad", "Serhat", "Kawa", "Hejar", "Welat",
};
constexpr Name kKurdishSurnames[]{
    "Demir", "Botanî", "Aksoy", "Barzanî", "Bulut", "Polat", "Zana", "Amedî", "Karataş", "Xanî",
};
constexpr Name kSomaliWomen[]{
    "Hodan", "Faduma", "Sahra", "Ifrah", "Nasteexo", "Hibaaq",
    "Ubax",  "Khadra", "Amran", "Ladan", "Sagal",    "Idil",
};
constexpr Name kSomaliMen[]{
    "Abdirahman", "Mahad",   "Guled",  "Liban", "Yusuf",    "Warsame",
    "Cabdi",      "Bashiir", "Ayanle", "Hirsi", "Zakariye", "Mohamud",
};
constexpr Name kSomaliSurnames[]{
    "Abdi",  "Warsame", "Farah",     "Nuur",    "Jaamac",    "Cali",
    "Dirie", "Hersi",   "Osman Ali", "Maxamed", "Ismaaciil", "Abshir",
};
constexpr Name kYorubaWomen[]{
    "Folákẹ́",   "Yetunde", "Bisi",     "Adéọlá", "Ronke",   "Tọ́pẹ́",
    "Simisola", "Abiọ́dún", "Mojisola", "Ìbùkún", "Omolara", "Temitope",
};
constexpr Name kYorubaMen[]{
    "Adébáyọ̀",   "Olúwaségun", "Tunde", "Káyọ̀dé",  "Gbenga", "Olumide",
    "Babatunde", "Kunle",      "Dare",  "Ayodeji", "Femi",   "Rótìmí",
};
constexpr Name kYorubaSurnames[]{
    "Adeyemi", "Ọláníyan", "Ogunlesi", "Akíntọ́lá", "Bámgbóṣé", "Adébáyọ̀",
    "Olawale", "Fáṣọlá",   "Ajayi",    "Ọ̀ṣọ́bà",    "Balogun",  "Ṣóyínká",
};
constexpr Name kIgboWomen[]{
    "Ngozi",    "Adaeze", "Chioma",  "Ifeoma",   "Nkechi",
    "Amarachi", "Ogechi", "Uchenna", "Obiageli", "Kosisochukwu",
};
constexpr Name kIgboMen[]{
    "Chukwuemeka", "Obinna",  "Ikenna",    "Emeka",  "Nnamdi",
    "Chidi",       "Kelechi", "Ugochukwu", "Onyeka", "Okechukwu",
};
constexpr Name kIgboSurnames[]{
    "Okafor",    "Nwosu", "Eze",     "Okonkwo", "Onyekachi", "Ọkọ́lọ̀",
    "Nwachukwu", "Mbah",  "Anyanwu", "Uzoma",   "Ibekwe",
};
constexpr Name kAkanWomen[]{
    "Abena", "Akosua", "Ama", "Adwoa", "Yaa", "Efua", "Esi", "Afia", "Serwaa", "Maame Yaa",
};
constexpr Name kAkanMen[]{
    "Kwame", "Kofi", "Kwabena", "Yaw", "Kojo", "Kwaku", "Nana Kwasi", "Ebo", "Fiifi", "Osei",
};
constexpr Name kAkanSurnames[]{
    "Mensah",  "Owusu",      "Boateng", "Asante", "Osei-Bonsu", "Appiah",
    "Agyeman", "Ofori-Atta", "Ɔkyere",  "Adjei",  "Addo",
};
constexpr Name kCaribbeanWomen[]{
    "Jada-Rae", "Shanice",  "Tanisha",  "Keisha",    "Marcia", "Sharon",
    "Yvonne",   "Paulette", "Beverley", "Claudette", "Althea", "Merlene",
};
constexpr Name kCaribbeanMen[]{
    "Omari", "Kemar",  "D'Andre", "Jermaine", "Tyrone",  "Courtney",
    "Leroy", "Delroy", "Everton", "Errol",    "Neville", "Winston",
};
constexpr Name kCaribbeanSurnames[]{
    "Campbell", "Williams",  "Grant", "Brown",    "Francis",         "Gordon",  "Bailey",
    "Lewis",    "St. Clair", "Reid",  "Morrison", "Joseph-Baptiste", "DaCosta", "Pinnock",
};
constexpr Name kVietnameseWomen[]{
    "Thị Hương",  "Thị Lan",   "Ngọc Ánh", "Thu Hà",     "Mỹ Linh",
    "Thanh Thảo", "Bích Ngọc", "Kim Yến",  "Hồng Nhung",
};
constexpr Name kVietnameseMen[]{
    "Văn Dũng",  "Minh Đức", "Quang Huy", "Hữu Phước", "Thành Công",
    "Đình Khôi", "Anh Tuấn", "Việt Hùng", "Bảo Long",
};
constexpr Name kVietnameseSurnames[]{
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ",
};
constexpr Name kChineseWomen[]{
    "Mei Ling", "Xiaoyan", "Lǚ Yun", "Siu Fong", "Jing", "Yuet-Wah", "Hui", "Lijuan", "Suk Yin", "Qian",
};
constexpr Name kChineseMen[]{
    "Wei", "Jianguo", "Ka Ho", "Zhiqiang", "Kwok-Keung", "Ming", "Haoran", "Tsz Kit", "Lei", "Chun Wai",
};
constexpr Name kChineseSurnames[]{
    "Wong", "Chan", "Li", "Zhang", "Cheung", "Lǚ", "Ng", "Liu", "Au-Yeung", "Xu", "Ho", "Zhao",
};
constexpr Name kArabicWomen[]{
    "Fatima", "Khadija", "Layla",  "Noor",  "Amal", "Zahra",
    "Hanan",  "Rania",   "Samira", "Widad", "Hiba", "Asmaa",
};
constexpr Name kArabicMen[]{
    "Ahmed", "Youssef", "Omar",          "Khalid", "Hassan", "Mustafa",
    "Karim", "Bilal",   "Abd al-Rahman", "Samir",  "Tarek",  "Nabil",
};
constexpr Name kArabicSurnames[]{
    "Al-Hassan", "El Amrani", "Haddad",     "Ben Saïd", "al-Masri", "Khoury",
    "Bouzid",    "Al Najjar", "Abdelkader", "El-Sayed", "Saleh",    "Ibrahim",
};
constexpr Name kPersianWomen[]{"Shirin", "Parisa", "Nasrin",    "Laleh",
                               "Maryam", "Zohreh", "Fereshteh", "Golnaz"};
constexpr Name kPersianMen[]{"Reza",         "Dariush", "Farhad", "Behzad",
                             "Amir Hossein", "Kourosh", "Navid",  "Jamshid"};
constexpr Name kPersianSurnames[]{
    "Hosseini", "Karimi", "Mohammadzadeh", "Rahimi", "Tehrani", "Ahmadzai", "Noori", "Stanikzai",
};
constexpr Name kEastAfricanWomen[]{"Wanjikũ",  "Wambũi", "Tigist", "Selam",
                                   "Nyambura", "Hiwot",  "Akinyi", "Miriam"};
constexpr Name kEastAfricanMen[]{"Kamau", "Tesfaye", "Mwangi", "Dawit", "Otieno", "Yonas", "Abel", "Njoroge"};
constexpr Name kEastAfricanSurnames[]{
    "Ngũgĩ", "Kĩmani", "Haile", "Tekle", "Ochieng", "Gebremariam", "wa Thiong'o", "Tesfay",
};
constexpr Name kWestAfricanWomen[]{"Aïssatou", "Mariama", "Fatoumata", "N'Deye",
                                   "Kadiatou", "Aminata", "Célestine"};
constexpr Name kWestAfricanMen[]{"Mamadou", "Ousmane", "Ibrahima",     "Sékou",
                                 "Cheikh",  "Moussa",  "Jean-Baptiste"};
constexpr Name kWestAfricanSurnames[]{
    "N'Dour", "Diallo", "Traoré", "Koné", "Kouassi", "N'Guessan", "M'Baye", "Sesay", "Kamara", "Bangura",
};
constexpr Name kTamilWomen[]{"Kavitha", "Selvi", "Thilaga", "Vasanthi", "Yalini", "Meenakshi", "Abirami"};
constexpr Name kTamilMen[]{"Sivakumar", "Kandiah", "Nadarajah",  "Prakash",
                           "Ravindran", "Suresh",  "Arulanandam"};
constexpr Name kTamilSurnames[]{
    "Sivanesan", "Balasubramaniam", "Kanagasabai", "Thevarajah", "Pillai", "Yogeswaran", "Ponnuthurai",
};
constexpr Name kHanWomen[]{"李娜", "秀英"};
constexpr Name kHanMen[]{"伟", "志强"};
constexpr Name kHanSurnames[]{"王", "张", "陈"};
constexpr Name kArabicLetterWomen[]{"فاطمة", "مريم"};
constexpr Name kArabicLetterMen[]{"محمد", "يوسف"};
constexpr Name kArabicLetterSurnames[]{"الحسن", "حداد"};
constexpr Name kHebrewLetterWomen[]{"שרה", "רבקה"};
constexpr Name kHebrewLetterMen[]{"אברהם", "דוד"};
constexpr Name kHebrewLetterSurnames[]{"כהן", "לוי"};

constexpr std::array kCultures{
    Culture{190, kBengaliWomen, kBengaliMen, kBengaliSurnames, kBengaliSurnamesOfWomen},
    Culture{50, kPunjabiWomen, kPunjabiMen, kPunjabiSurnames, kPunjabiSurnamesOfWomen},
    Culture{50, kGujaratiWomen, kGujaratiMen, kGujaratiSurnames, {}},
    Culture{130, kTurkishWomen, kTurkishMen, kTurkishSurnames, {}},
    Culture{60, kKurdishWomen, kKurdishMen, kKurdishSurnames, {}},
    Culture{110, kSomaliWomen, kSomaliMen, kSomaliSurnames, {}},
    Culture{130, kYorubaWomen, kYorubaMen, kYorubaSurnames, {}},
    Culture{70, kIgboWomen, kIgboMen, kIgboSurnames, {}},
    Culture{90, kAkanWomen, kAkanMen, kAkanSurnames, {}},
    Culture{200, kCaribbeanWomen, kCaribbeanMen, kCaribbeanSurnames, {}},
    Culture{60, kVietnameseWomen, kVietnameseMen, kVietnameseSurnames, {}},
    Culture{60, kChineseWomen, kChineseMen, kChineseSurnames, {}},
    Culture{90, kArabicWomen, kArabicMen, kArabicSurnames, {}},
    Culture{40, kPersianWomen, kPersianMen, kPersianSurnames, {}},
    Culture{50, kEastAfricanWomen, kEastAfricanMen, kEastAfricanSurnames, {}},
    Culture{60, kWestAfricanWomen, kWestAfricanMen, kWestAfricanSurnames, {}},
    Culture{40, kTamilWomen, kTamilMen, kTamilSurnames, {}},
    Culture{3, kHanWomen, kHanMen, kHanSurnames, {}},
    Culture{3, kArabicLetterWomen, kArabicLetterMen, kArabicLetterSurnames, {}},
    Culture{3, kHebrewLetterWomen, kHebrewLetterMen, kHebrewLetterSurnames, {}},
};

}  // namespace

std::span<const Culture> names_of_the_world() {
    return kCultures;
}

}  // namespace tenantry::app
