// Both search modes answer the same: the differential test, and what makes it worth believing.
#include "register/search_mode.hpp"

#include <random>

#include "base/text.hpp"
#include "db/sqlite/sqlite.hpp"
#include "register/citizen.hpp"
#include "register/citizen_search.hpp"
#include "register/tenancy.hpp"
#include "tests/support/old_citizen.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Ids = std::vector<std::int64_t>;

/// What a search answers, as far as the modes might differ.
struct Answer {
    Ids people;
    Ids citizens = {};
    std::vector<std::string> names;
    std::int64_t total = 0;
    bool total_is_exact = true;

    bool operator==(const Answer&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Answer& answer) {
    return out << "people " << testing::PrintToString(answer.people) << ", citizens "
               << testing::PrintToString(answer.citizens) << ", total " << answer.total
               << (answer.total_is_exact ? "" : " and more") << ", names "
               << testing::PrintToString(answer.names);
}

/// A register in one mode, searched by a snapshot's works. Two of them that do the same have the same
/// numbers.
class Searched {
  public:
    explicit Searched(SearchMode mode) {
        run("INSERT INTO instance (id, install_uuid, created_at, search_mode) VALUES (1, x'01', 0, $1)",
            static_cast<int>(mode));
    }

    /// The log's jobs go before the log does.
    ~Searched() { beside_.reset(); }
    Searched(const Searched&) = delete;
    Searched& operator=(const Searched&) = delete;

    template <class... Args>
    void run(const std::string& text, const Args&... args) {
        ASSERT_TRUE(tx.execute(test::sql(text), args...).ok()) << text;
    }
    [[nodiscard]] std::int64_t count(const std::string& from) {
        std::int64_t number = 0;
        EXPECT_TRUE(tx.find(test::sql("SELECT count(*) FROM " + from), std::tie(number)).ok());
        return number;
    }
    [[nodiscard]] audit::Work writing() { return {tx, keys.ring, {}, clock.now(), nullptr}; }
    [[nodiscard]] audit::Work reading() { return {tx, keys.ring, {}, clock.now(), &reads_}; }

    Person add(Person person) {
        auto in = writing();
        return create_person(in, std::move(person)).value();
    }
    Person load(std::int64_t id) {
        auto in = writing();
        return load_person(in, Id<Person>{id}).value();
    }
    void rename(std::int64_t id, const Name& name) {
        auto in = writing();
        const Person before = load_person(in, Id<Person>{id}).value();
        Person after = before;
        after.name = name;
        ASSERT_TRUE(update_person(in, before, after, "tenant.updated").ok());
    }
    Answer list(const PersonFilter& filter) {
        auto in = reading();
        const PersonPage page = list_people(in, names, filter).value();
        Answer answer;
        for (const Person& person : page.people) {
            answer.people.push_back(person.id.value);
            answer.names.push_back(person.name.full());
        }
        answer.total = page.total;
        answer.total_is_exact = page.total_is_exact;
        return answer;
    }
    Ids find(const std::string& search) {
        PersonFilter filter;
        filter.search = search;
        return list(filter).people;
    }
    Answer search(const CitizenCriteria& criteria) {
        auto in = reading();
        const CitizenMatches matches = search_citizens(in, names, criteria).value();
        Answer answer;
        for (const Resident& resident : matches.residents) {
            answer.people.push_back(resident.person.id.value);
            answer.names.push_back(resident.person.name.full());
        }
        for (const Citizen& citizen : matches.citizens) {
            answer.citizens.push_back(citizen.id.value);
            answer.names.push_back(citizen.name.full());
        }
        return answer;
    }
    std::int64_t rebuild(SearchMode mode) {
        auto in = writing();
        return rebuild_search(in, names, mode).value();
    }
    /// The change that came last is one that memory is not told of.
    void hide_last_change() {
        run("UPDATE name_change SET person_id = NULL, citizen_id = NULL "
            "WHERE seq = (SELECT max(seq) FROM name_change)");
    }

    test::SetClock clock;
    test::TestKeys keys;
    test::WatchedTransaction tx{test::open_register(clock)};
    NamesInMemory names;

  private:
    /// Where the log of readings is kept; they are not what is tested here.
    static std::unique_ptr<db::Database> open_beside(const std::filesystem::path& folder,
                                                     const Clock& clock) {
        VERIFY(db::create_sqlite(folder / "reads.db", clock).ok());
        return db::open_sqlite(folder / "reads.db", clock).value();
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<db::Database> beside_ = open_beside(folder_.path(), clock);
    audit::ReadLog reads_{*beside_, keys.ring};
};

/// The same pseudo-random landlord, changes and queries in each run.
class Chance {
  public:
    [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
    [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
    template <class T, std::size_t N>
    [[nodiscard]] const T& of(const std::array<T, N>& all) {
        return all[below(N)];
    }

    Name name() {
        static constexpr std::array<const char*, 22> kFirst{
            "Ada",  "Zoë Anne", "Jean-Luc", "Mary",  "D’Arcy", "Æthel", "Łukasz", "Søren",
            "Иван", "Ελένη",    "明",       "Per_y", "100%",   "J",     "Al",     "Xi",
            "",     "Ó",        "Anne  B",  "ß",     "Maria",  "O"};
        static constexpr std::array<const char*, 20> kLast{
            "Sample",       "O'Brien-Łuczak", "Smith",        "Smyth",
            "de la Cruz",   "Nguyễn",         "Müller",       "Петров",
            "Παπαδόπουλος", "王小明",         "Li",           "X",
            "_under",       "%cent%",         "\"quoted\"",   "Åkesson",
            "McDonald",     "Van  Der  Berg", "Sample-Smith", "Ng"};
        Name made{std::nullopt, of(kFirst), of(kLast)};
        if (one_in(3)) {
            made.last += "-" + std::string{of(kLast)};
        }
        if (one_in(2)) {
            made.first += " " + std::to_string(below(400));
        }
        return made;
    }
    Address address() {
        static constexpr std::array<const char*, 6> kRoads{"WEIR LANE",  "Sample House", "Éluard Road",
                                                           "St. Mary's", "Long-Acre",    "X"};
        Address made;
        made.line_1 = std::to_string(below(40)) + " " + of(kRoads);
        made.line_2 = one_in(2) ? std::optional<std::string>{of(kRoads)} : std::nullopt;
        made.postcode = "E" + std::to_string(below(9)) + " " + std::to_string(below(9)) + "ZZ";
        return made;
    }
    /// A piece of a text, cut at letters, now and then in another case.
    std::string piece_of(const std::string& text) {
        std::vector<std::size_t> starts;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
                starts.push_back(i);
            }
        }
        if (starts.empty()) {
            return "a";
        }
        const std::size_t first = below(starts.size());
        const std::size_t last = std::min(first + 1 + below(6), starts.size());
        std::string piece =
            text.substr(starts[first], (last < starts.size() ? starts[last] : text.size()) - starts[first]);
        return one_in(3) ? fold(piece) : piece;
    }
    std::string words() {
        static constexpr std::array<const char*, 8> kOdd{"%", "_", "'", "zzzz", "a", "é", "  ", "ss"};
        std::string text = one_in(12) ? of(kOdd) : piece_of(name().full());
        for (std::size_t more = below(3); more > 0; --more) {
            text += (one_in(5) ? "-" : " ") + piece_of(name().full());
        }
        return text;
    }

  private:
    std::mt19937 random_{20261125};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same in each run
};

constexpr std::size_t kHomes = 60;

/// Two registers of the same people, one in each mode.
class BothModes : public testing::Test {
  protected:
    void SetUp() override {
        for (auto* one : both_) {
            auto in = one->writing();
            for (std::size_t i = 0; i < kHomes; ++i) {
                Property home;
                home.address_line_1 = std::to_string(i) + " Weir Lane";
                home.postcode = "LS21 " + std::to_string(i % 9) + "AB";
                ASSERT_TRUE(create_property(in, home).ok());
            }
            for (const bool present : {true, false}) {
                Tenancy tenancy;
                tenancy.uuid = crypto::new_uuid();
                tenancy.tag_reference = present ? "1/01" : "2/01";
                tenancy.present = present;
                ASSERT_TRUE(create_tenancy(in, tenancy).ok());
            }
        }
    }

    void add_person() {
        Person person;
        person.uuid = crypto::new_uuid();
        person.name = chance_.name();
        person.active = !chance_.one_in(3);
        if (!chance_.one_in(4)) {
            person.property = Id<Property>{static_cast<std::int64_t>(chance_.below(kHomes)) + 1};
        }
        if (!chance_.one_in(4)) {
            person.tenancy = Id<Tenancy>{chance_.one_in(4) ? 2 : 1};
        }
        living_.push_back(plaintext_.add(person).id.value);
        ASSERT_EQ(memory_.add(person).id.value, living_.back());
    }
    void add_citizen() {
        Citizen citizen;
        citizen.usn = "U" + std::to_string(++citizens_);
        citizen.name = chance_.name();
        citizen.address = chance_.address();
        for (auto* one : both_) {
            auto in = one->writing();
            ASSERT_TRUE(create_citizen(in, citizen).ok());
        }
    }
    void change_something() {
        const std::size_t which = chance_.below(8);
        if (which == 0) {
            add_person();
        } else if (which == 1) {
            add_citizen();
        } else if (which == 2) {
            const std::size_t i = chance_.below(living_.size());
            for (auto* one : both_) {
                auto in = one->writing();
                ASSERT_TRUE(remove_person(in, load_person(in, Id<Person>{living_[i]}).value()).ok());
            }
            living_.erase(living_.begin() + static_cast<std::ptrdiff_t>(i));
        } else if (which == 3) {
            const std::string usn = "U" + std::to_string(chance_.below(citizens_) + 1);
            const Name name = chance_.name();
            const Address address = chance_.address();
            for (auto* one : both_) {
                auto in = one->writing();
                Citizen citizen = find_citizen(in, usn).value();
                citizen.name = name;
                citizen.address = address;
                ASSERT_TRUE(update_citizen(in, citizen).ok());
            }
        } else {
            const auto id = living_[chance_.below(living_.size())];
            const Name name = chance_.name();
            plaintext_.rename(id, name);
            memory_.rename(id, name);
        }
    }
    PersonFilter some_filter() {
        PersonFilter filter;
        filter.search = chance_.words();
        if (chance_.one_in(3)) {
            filter.active = chance_.one_in(2);
        }
        if (chance_.one_in(4)) {
            filter.property = Id<Property>{static_cast<std::int64_t>(chance_.below(kHomes)) + 1};
            filter.or_unassigned = chance_.one_in(2);
        }
        filter.only_unassigned = chance_.one_in(8);
        filter.paging = {static_cast<std::int64_t>(chance_.below(12)) + 1,
                         chance_.one_in(2) ? 0 : static_cast<std::int64_t>(chance_.below(300))};
        return filter;
    }
    CitizenCriteria some_criteria() {
        CitizenCriteria criteria;
        const std::size_t parts = 1 + chance_.below(15);
        if ((parts & 1U) != 0) {
            criteria.first_name = chance_.piece_of(chance_.name().first);
        }
        if ((parts & 2U) != 0) {
            criteria.last_name = chance_.piece_of(chance_.name().last);
        }
        if ((parts & 12U) == 12) {
            criteria.postcode = chance_.piece_of("E" + std::to_string(chance_.below(9)) + " 9ZZ");
        }
        if ((parts & 12U) == 4) {
            criteria.address = chance_.piece_of(*chance_.address().line_1);
        }
        criteria.with_citizen_index = !chance_.one_in(3);
        criteria.most = 1 + chance_.below(30);
        return criteria;
    }

    Searched plaintext_{SearchMode::Plaintext};
    Searched memory_{SearchMode::Memory};
    std::array<Searched*, 2> both_{&plaintext_, &memory_};
    Chance chance_;
    Ids living_;
    std::size_t citizens_ = 0;
};

TEST_F(BothModes, answer_ten_thousand_queries_alike) {
    // A server takes longer to ask, and in one transaction the longer the more it changed.
    const bool asks_server = test::postgres_server() != nullptr;
    for (int i = 0; i < (asks_server ? 1200 : 2500); ++i) {
        add_person();
    }
    for (int i = 0; i < (asks_server ? 300 : 600); ++i) {
        add_citizen();
    }
    const int queries = asks_server ? 2'000 : 10'000;
    int found = 0;
    for (int query = 0; query < queries; ++query) {
        if (query % 10 == 0) {
            change_something();
        }
        if (query % 2000 == 1999) {
            // Memory sees the rest as a transaction of its own would: the changes that it knows may go.
            auto in = memory_.writing();
            ASSERT_TRUE(memory_.names.remove_changes(in).ok());
        }
        if (chance_.one_in(4)) {
            const CitizenCriteria criteria = some_criteria();
            const Answer expected = plaintext_.search(criteria);
            ASSERT_EQ(memory_.search(criteria), expected)
                << criteria.first_name.value_or("-") << '|' << criteria.last_name.value_or("-") << '|'
                << criteria.postcode.value_or("-") << '|' << criteria.address.value_or("-");
            found += expected.names.empty() ? 0 : 1;
        } else {
            const PersonFilter filter = some_filter();
            const Answer expected = plaintext_.list(filter);
            ASSERT_EQ(memory_.list(filter), expected) << filter.search << " from " << filter.paging.offset;
            found += expected.names.empty() ? 0 : 1;
        }
    }
    EXPECT_GT(found, queries * 2 / 5) << "queries that find nothing prove nothing";
    EXPECT_EQ(memory_.count("person_name") + memory_.count("citizen_text"), 0);

    // The same comparison objects when memory misses one change.
    for (auto* one : both_) {
        one->rename(living_.front(), {std::nullopt, "Quintessa", "Marchbanks"});
    }
    memory_.hide_last_change();
    EXPECT_NE(memory_.find("quintessa"), plaintext_.find("quintessa"));
}

class SearchModeTest : public testing::Test {
  protected:
    std::int64_t add(const std::string& name) {
        Person person;
        person.name = split_name(name);
        return memory_.add(person).id.value;
    }
    void add_citizen(const std::string& name, const std::string& line) {
        Citizen citizen;
        citizen.usn = "U1";
        citizen.name = split_name(name);
        citizen.address.line_1 = line;
        auto in = memory_.writing();
        ASSERT_TRUE(create_citizen(in, citizen).ok());
    }
    /// Whether the pages of SQLite's text indexes hold something. PostgreSQL's are indexes as all are.
    void expect_in_index(bool something) {
        if (test::postgres_server() != nullptr) {
            return;
        }
        for (const std::string index : {"person_name_trigram", "citizen_text_trigram"}) {
            const auto pages = memory_.count(index + "_data WHERE id > 10") + memory_.count(index + "_idx");
            EXPECT_EQ(pages > 0, something) << index;
        }
    }

    Searched memory_{SearchMode::Memory};
};

TEST_F(SearchModeTest, memory_out_of_step_shows_nobody_who_has_another_name_or_is_gone) {
    testing::internal::CaptureStderr();
    const auto ada = add("Ada Sample");
    const auto bob = add("Bob Sample");
    ASSERT_EQ(memory_.find("sample"), (Ids{ada, bob}));
    memory_.rename(ada, {std::nullopt, "Ada", "Other"});
    memory_.hide_last_change();
    PersonFilter filter;
    filter.search = "sample";
    EXPECT_EQ(memory_.list(filter).people, Ids{bob});
    EXPECT_EQ(memory_.list(filter).total, 1);
    EXPECT_EQ(memory_.search({.last_name = "other"}).people, Ids{});
    auto in = memory_.writing();
    ASSERT_TRUE(remove_person(in, memory_.load(bob)).ok());
    memory_.hide_last_change();
    EXPECT_EQ(memory_.list(filter), Answer{});
    testing::internal::GetCapturedStderr();
}

TEST_F(SearchModeTest, what_is_rolled_back_was_never_there) {
    const auto ada = add("Ada Sample");
    ASSERT_EQ(memory_.find("sample"), Ids{ada});
    memory_.run("SAVEPOINT job");
    add("Brief Sample");
    auto in = memory_.writing();
    PersonFilter filter;
    filter.search = "sample";
    EXPECT_EQ(list_people(in, memory_.names, filter)->total, 2) << "who writes sees what was written";
    memory_.run("ROLLBACK TO job");
    memory_.run("RELEASE job");
    EXPECT_EQ(memory_.find("sample"), Ids{ada});
    EXPECT_EQ(memory_.find("brief"), Ids{});
    // The number that the lost change had is given again.
    const auto cy = add("Cy Sample");
    EXPECT_EQ(memory_.find("sample"), (Ids{ada, cy}));
}

TEST_F(SearchModeTest, a_name_that_does_not_open_is_left_out_and_the_rest_found) {
    testing::internal::CaptureStderr();
    const auto ada = add("Ada Sample");
    const auto bob = add("Bob Sample");
    memory_.run("UPDATE person SET name = x'00', version = version WHERE id = $1", ada);
    EXPECT_EQ(memory_.find("sample"), Ids{bob});
    EXPECT_EQ(memory_.rebuild(SearchMode::Plaintext), 1);
    EXPECT_EQ(memory_.find("sample"), Ids{bob});
    EXPECT_EQ(memory_.rebuild(SearchMode::Memory), 1);
    EXPECT_EQ(memory_.find("sample"), Ids{bob});
    testing::internal::GetCapturedStderr();
}

TEST_F(SearchModeTest, rebuilding_fills_and_empties_the_plaintext_index) {
    const auto ada = add("Ada Quillfeather");
    add_citizen("Cy Zanzibar", "9 Weir Lane");
    const CitizenCriteria weir{.last_name = "zanz", .address = "weir", .with_citizen_index = true};
    const auto expect_found = [&] {
        EXPECT_EQ(memory_.find("quill"), Ids{ada});
        EXPECT_EQ(memory_.find("qu"), Ids{ada});
        EXPECT_EQ(memory_.search(weir).citizens, Ids{1});
    };
    EXPECT_EQ(count_indexed_in_clear(memory_.tx).value(), 0);
    expect_found();
    for (int time = 0; time < 2; ++time) {
        ASSERT_EQ(memory_.rebuild(SearchMode::Plaintext), 0);
        memory_.names.forget();
        EXPECT_EQ(memory_.count("person_name WHERE folded = 'ada quillfeather'"), 1);
        EXPECT_EQ(count_indexed_in_clear(memory_.tx).value(), 2);
        expect_in_index(true);
        EXPECT_EQ(find_search_state(memory_.tx)->mode, SearchMode::Plaintext);
        expect_found();
    }
    // What changes in mode plaintext is noted nowhere, and yet known after the change back.
    memory_.rename(ada, {std::nullopt, "Ada", "Quillon"});
    for (int time = 0; time < 2; ++time) {
        ASSERT_EQ(memory_.rebuild(SearchMode::Memory), 0);
        EXPECT_EQ(count_indexed_in_clear(memory_.tx).value(), 0);
        expect_in_index(false);
        EXPECT_EQ(find_search_state(memory_.tx)->mode, SearchMode::Memory);
        EXPECT_EQ(memory_.find("quillfeather"), Ids{});
        expect_found();
    }
    EXPECT_EQ(memory_.count("audit_event WHERE action = 'search_index.built'"), 2);
    EXPECT_EQ(memory_.count("audit_event WHERE action = 'search_index.removed'"), 2);
}

TEST_F(SearchModeTest, the_register_itself_keeps_names_out_of_the_index) {
    const auto ada = add("Ada Sample");
    add_citizen("Cy Citizen", "9 Weir Lane");
    memory_.run("INSERT INTO person_name (person_id, folded) VALUES ($1, 'ada sample')", ada);
    memory_.run("INSERT INTO citizen_text (citizen_id, name, address) VALUES (1, 'cy', 'weir')");
    EXPECT_EQ(count_indexed_in_clear(memory_.tx).value(), 0);
    expect_in_index(false);
    memory_.run("UPDATE instance SET search_mode = 0");
    memory_.run("INSERT INTO person_name (person_id, folded) VALUES ($1, 'ada sample')", ada);
    EXPECT_EQ(count_indexed_in_clear(memory_.tx).value(), 1);
}

TEST_F(SearchModeTest, changes_that_memory_has_seen_go_and_the_last_number_stays) {
    for (int i = 0; i < 5; ++i) {
        add("Ada Sample");
    }
    auto in = memory_.writing();
    ASSERT_TRUE(memory_.names.remove_changes(in).ok());
    EXPECT_EQ(memory_.count("name_change"), 5) << "nothing was read yet";
    EXPECT_EQ(memory_.find("ada").size(), 5);
    ASSERT_TRUE(memory_.names.remove_changes(in).ok());
    EXPECT_EQ(memory_.count("name_change"), 5) << "others may not have seen them";
    ASSERT_TRUE(memory_.names.remove_changes(in).ok());
    EXPECT_EQ(memory_.count("name_change WHERE seq = 5"), 1);
    EXPECT_EQ(memory_.count("name_change"), 1);
    add("Ada Sample");
    EXPECT_EQ(memory_.find("ada").size(), 6);
}

TEST_F(SearchModeTest, what_is_sealed_anew_is_no_change_of_a_name_and_an_edit_is) {
    const auto ada = add("Ada Sample");
    add_citizen("Cy Zanzibar", "9 Weir Lane");
    const auto noted = memory_.count("name_change");
    memory_.run("UPDATE person SET name = name, email = email, row_seal = row_seal");
    memory_.run("UPDATE citizen SET name = name, address_line_1 = address_line_1, row_seal = row_seal");
    EXPECT_EQ(memory_.count("name_change"), noted);
    memory_.run("UPDATE person SET name = name, version = version + 1 WHERE id = $1", ada);
    memory_.run("UPDATE citizen SET name = name, version = version + 1");
    EXPECT_EQ(memory_.count("name_change"), noted + 2);
}

/// Puts an entry of an earlier version where the migration puts it.
void add_old_citizen(Searched& in, const test::OldCitizen& c, const Bytes& row_seal, const Bytes& name) {
    in.run(
        "INSERT INTO citizen (id, uuid, version, usn, name, row_seal, created_at, updated_at) "
        "VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
        c.id, c.uuid, c.usn, name, row_seal, c.created_at, c.updated_at);
    const auto& a = c.address;
    in.run(
        "INSERT INTO citizen_in_clear (citizen_id, address_line_1, address_line_2, address_line_3, city, "
        "postcode) VALUES ($1, $2, $3, $4, $5, $6)",
        c.id, a[0], a[1], a[2], a[3], a[4]);
}

TEST_F(SearchModeTest, addresses_of_earlier_versions_are_sealed_once) {
    testing::internal::CaptureStderr();
    auto in = memory_.writing();
    EXPECT_FALSE(seal_citizens_in_clear(in).value());
    const Name cy{std::nullopt, "Cy", "Citizen"};
    const test::OldCitizen sound{
        1, "U1", cy, {"9 Weir Lane", "Otley", std::nullopt, std::nullopt, "LS21 3AB"}};
    const test::OldCitizen broken{2, "U2", cy, {"7 Broken Row", {}, {}, {}, {}}};
    const auto sealed = sound.seal(memory_.keys.ring);
    const auto other = broken.seal(memory_.keys.ring);
    add_old_citizen(memory_, sound, sealed.row_seal, *sealed.blobs[0]);
    add_old_citizen(memory_, broken, sealed.row_seal, *other.blobs[0]);
    EXPECT_TRUE(seal_citizens_in_clear(in).value());
    EXPECT_FALSE(seal_citizens_in_clear(in).value());
    EXPECT_EQ(memory_.count("citizen_in_clear"), 0);
    const auto citizen = find_citizen(in, "U1");
    ASSERT_TRUE(citizen.ok());
    EXPECT_EQ(citizen->address, (Address{"9 Weir Lane", "Otley", std::nullopt, std::nullopt, "LS21 3AB"}));
    EXPECT_EQ(citizen->name.full(), "Cy Citizen");
    EXPECT_EQ(find_citizen(in, "U2").error().code, Code::Corrupt) << "what was damaged stays so";
    EXPECT_EQ(
        memory_.count("citizen WHERE typeof(address_line_1) = 'blob' AND instr(address_line_1, 'Row') = 0"),
        2);
    testing::internal::GetCapturedStderr();
}

}  // namespace
}  // namespace tenantry::housing
