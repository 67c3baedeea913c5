#include "register/citizen_search.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "register/contact_address.hpp"
#include "register/names_in_memory.hpp"
#include "register/person_columns.hpp"
#include "register/search.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// Candidates of a search in memory that one statement reads.
constexpr std::size_t kCandidates = 1000;

/// Calls take(ids) with all candidates, kCandidates at a time.
template <class Take>
Result<void> for_candidates(const TextIndex& index, const WantedTexts& wanted, Take take) {
    PageOfIds some;
    do {
        some.ids = index.find(wanted, some.ids.empty() ? 0 : some.ids.back(), kCandidates);
        TRY(take(some.json()));
    } while (some.ids.size() == kCandidates);
    return {};
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// The criteria as they are compared.
class Wanted {
  public:
    explicit Wanted(const CitizenCriteria& c)
        : first_(fold(c.first_name.value_or(""))),
          last_(fold(c.last_name.value_or(""))),
          postcode_(fold_together(c.postcode.value_or(""))),
          address_(fold(c.address.value_or(""))),
          tokens_(words_of(address_)),
          says_nothing_((c.first_name && first_.empty()) || (c.last_name && last_.empty()) ||
                        (c.postcode && postcode_.empty()) || (c.address && address_.empty()) ||
                        (first_ + last_ + postcode_ + address_).empty()),
          names_(parse_search(first_ + ' ' + last_)),
          // The postcode first: of many words the search takes only so many.
          addresses_(parse_search(postcode_ + ' ' + address_)) {}

    /// A part was given that is nothing once folded: nobody has it.
    [[nodiscard]] bool says_nothing() const { return says_nothing_; }
    /// Words that candidates are found by.
    [[nodiscard]] const SearchTerms& names() const { return names_; }
    [[nodiscard]] const SearchTerms& addresses() const { return addresses_; }

    [[nodiscard]] bool accepts(const Name& name) const {
        return contains(fold(name.first), first_) && contains(fold(name.last), last_);
    }
    [[nodiscard]] bool accepts(const Address& address, const std::string& key) const {
        return contains(fold_together(address.postcode.value_or("")), postcode_) &&
               std::all_of(tokens_.begin(), tokens_.end(),
                           [&key](std::string_view token) { return contains(key, token); });
    }

  private:
    std::string first_;
    std::string last_;
    std::string postcode_;
    std::string address_;
    std::vector<std::string_view> tokens_;
    bool says_nothing_;
    SearchTerms names_;
    SearchTerms addresses_;
};

/// Keeps the first so many records in the order of the list, however many come by.
template <class Record>
class First {
  public:
    explicit First(std::size_t most) : most_(most) {}

    void add(std::string address_key, const Name& name, std::int64_t id, Record record) {
        found_.push_back({std::move(address_key), fold(name.full()), id, std::move(record)});
        if (found_.size() >= 2 * most_ + 2) {
            keep();
        }
    }

    [[nodiscard]] std::vector<Record> take() {
        keep();
        std::sort(found_.begin(), found_.end(), comes_before);
        std::vector<Record> records;
        records.reserve(found_.size());
        for (auto& one : found_) {
            records.push_back(std::move(one.record));
        }
        return records;
    }

  private:
    struct Ranked {
        std::string address_key;
        std::string name;
        std::int64_t id = 0;
        Record record;
    };

    /// Address upwards, full name downwards.
    static bool comes_before(const Ranked& a, const Ranked& b) {
        return std::tie(a.address_key, b.name, a.id) < std::tie(b.address_key, a.name, b.id);
    }

    void keep() {
        if (found_.size() > most_) {
            std::nth_element(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(most_),
                             found_.end(), comes_before);
            found_.resize(most_);
        }
    }

    std::size_t most_;
    std::vector<Ranked> found_;
};

/// The numbers of the people to show. Of a candidate only what decides is opened; who is shown is read and
/// proven as a whole after.
class PeopleSearch {
  public:
    /// Without names in memory, the plaintext index is searched.
    PeopleSearch(audit::Work& work, const Names* names, const Wanted& wanted, std::size_t most)
        : work_(work), names_(names), wanted_(wanted), first_(most) {}

    Result<std::vector<std::int64_t>> run() {
        TRY(take_candidates());
        for (const Person& person : damaged_) {
            TRY(report_damage(work_, person));
        }
        return first_.take();
    }

  private:
    Result<void> take_candidates() {
        auto& tx = work_.tx();
        const auto& n = wanted_.names().words;
        const auto& a = wanted_.addresses().words;
        const bool has_trigram = !wanted_.names().match.empty();
        if (!has_trigram && !wanted_.addresses().match.empty()) {
            TRY(take(tx.query(sql::citizen_search::by_address, wanted_.addresses().match, a[0], a[1], a[2],
                              a[3], a[4])));
            return take(tx.query(sql::citizen_search::by_contact_address));
        }
        if (wanted_.names().empty()) {
            TRY(take(tx.query(sql::citizen_search::by_short_address, a[0], a[1], a[2], a[3], a[4])));
            return take(tx.query(sql::citizen_search::by_contact_address));
        }
        if (names_ != nullptr) {
            return for_candidates(names_->people, {n}, [&](const std::string& ids) {
                return take(tx.query(sql::citizen_search::of_people, ids));
            });
        }
        return has_trigram ? take(tx.query(sql::citizen_search::by_name, wanted_.names().match, n[0], n[1],
                                           n[2], n[3], n[4]))
                           : take(tx.query(sql::citizen_search::by_short_name, n[0], n[1], n[2], n[3], n[4]));
    }

    Result<void> take(Result<db::Rows> candidates) {
        db::Rows rows = TRY(std::move(candidates));
        while (TRY(rows.next())) {
            Person person;
            ByteView name;
            Address home;
            StoredContactAddress own;
            auto& p = own.parts;
            rows.into(person.id, person.uuid, person.version, name, home.line_1, home.line_2, home.postcode,
                      own.version, p[0], p[1], p[2], p[3], p[4], own.row_seal);
            consider(std::move(person), name, std::move(home), own);
        }
        return {};
    }

    void consider(Person person, ByteView sealed_name, Address address, const StoredContactAddress& own) {
        if (own.is_there()) {
            auto opened = open_contact_address(work_.keys(), person.id, person.uuid, own);
            if (!opened.ok()) {
                note_damage(std::move(person), "contact_address");
                return;
            }
            address = std::move(opened).value();
        }
        std::string key = address.key();
        if (!wanted_.accepts(address, key)) {
            return;
        }
        const auto name = open_name(work_.keys(), person.uuid, person.version, sealed_name);
        if (!name.ok()) {
            note_damage(std::move(person), name_of(PersonColumn::Name));
        } else if (wanted_.accepts(*name)) {
            first_.add(std::move(key), *name, person.id.value, person.id.value);
        }
    }

    void note_damage(Person person, Literal column) {
        person.unreadable.push_back(column);
        damaged_.push_back(std::move(person));
    }

    audit::Work& work_;
    const Names* names_;
    const Wanted& wanted_;
    First<std::int64_t> first_;
    std::vector<Person> damaged_;
};

/// Whom the residents found already are in the citizen index.
class Known {
  public:
    explicit Known(const std::vector<Resident>& residents) {
        for (const auto& resident : residents) {
            people_.insert(resident.person.uuid);
            if (resident.person.larn && !resident.person.larn->empty()) {
                larns_.insert(*resident.person.larn);
            }
        }
    }
    [[nodiscard]] bool has(const Citizen& citizen) const {
        return (citizen.person && people_.contains(*citizen.person)) ||
               (citizen.larn && larns_.contains(*citizen.larn));
    }

  private:
    std::set<Uuid> people_;
    std::set<std::string> larns_;
};

Result<db::Rows> query_index(db::Transaction& tx, const Wanted& wanted) {
    const auto& n = wanted.names().words;
    const auto& a = wanted.addresses().words;
    std::string match = wanted.names().match;
    if (!match.empty() && !wanted.addresses().match.empty()) {
        match += " AND ";
    }
    match += wanted.addresses().match;
    return match.empty() ? tx.query(sql::citizen::search_short, n[0], n[1], n[2], n[3], n[4], a[0], a[1],
                                    a[2], a[3], a[4])
                         : tx.query(sql::citizen::search, match, n[0], n[1], n[2], n[3], n[4], a[0], a[1],
                                    a[2], a[3], a[4]);
}

/// The entries of the citizen index to show, of those that are not among the residents.
class IndexSearch {
  public:
    IndexSearch(audit::Work& work, const Names* names, const Wanted& wanted,
                const std::vector<Resident>& residents, std::size_t most)
        : work_(work), names_(names), wanted_(wanted), known_(residents), first_(most) {}

    Result<std::vector<Citizen>> run() {
        if (names_ == nullptr) {
            TRY(take(query_index(work_.tx(), wanted_)));
        } else {
            const WantedTexts words{wanted_.names().words, wanted_.addresses().words};
            TRY(for_candidates(names_->citizens, words, [this](const std::string& ids) {
                return take(work_.tx().query(sql::citizen::find_all, ids));
            }));
        }
        for (const Citizen& citizen : damaged_) {
            TRY(report_damage(work_, citizen));
        }
        auto citizens = first_.take();
        if (!citizens.empty()) {
            TRY(work_.read({.action = "citizen.listed"}));
        }
        return citizens;
    }

  private:
    Result<void> take(Result<db::Rows> candidates) {
        db::Rows rows = TRY(std::move(candidates));
        while (TRY(rows.next())) {
            StoredCitizen stored = read_citizen(rows);
            if (known_.has(stored.citizen)) {
                continue;
            }
            auto citizen = open_citizen(stored, work_.keys());
            if (!citizen.ok()) {
                damaged_.push_back(std::move(stored.citizen));
                continue;
            }
            std::string key = citizen->address.key();
            if (wanted_.accepts(citizen->address, key) && wanted_.accepts(citizen->name)) {
                const Name name = citizen->name;
                const auto id = citizen->id.value;
                first_.add(std::move(key), name, id, std::move(citizen).value());
            }
        }
        return {};
    }

    audit::Work& work_;
    const Names* names_;
    const Wanted& wanted_;
    Known known_;
    First<Citizen> first_;
    std::vector<Citizen> damaged_;
};

}  // namespace

Result<CitizenMatches> search_citizens(audit::Work& work, NamesInMemory& names,
                                       const CitizenCriteria& criteria) {
    const Wanted wanted{criteria};
    CitizenMatches matches;
    if (wanted.says_nothing()) {
        return matches;
    }
    const auto in_memory = TRY(names.of(work));
    matches.residents =
        TRY(list_residents(work, TRY(PeopleSearch(work, in_memory.get(), wanted, criteria.most).run())));
    if (criteria.with_citizen_index && matches.residents.size() < criteria.most) {
        matches.citizens = TRY(IndexSearch(work, in_memory.get(), wanted, matches.residents,
                                           criteria.most - matches.residents.size())
                                   .run());
    }
    return matches;
}

}  // namespace tenantry::housing
