#include "register/person_columns.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "register/property.hpp"

namespace tenantry::housing {

namespace {

constexpr char kUnit =
    '\x1f';  // between title, first and last name; the edge refuses control characters in names
constexpr std::array<Literal, kPersonColumns> kColumnNames{
    "name", "email", "telephone_1", "telephone_2", "telephone_3", "date_of_birth", "disabled"};

using BlobViews = std::array<std::optional<ByteView>, kPersonColumns>;

crypto::FieldContext context(const Person& person, PersonColumn column) {
    return {"person", name_of(column).view(), person.uuid, person.version};
}

/// How many flags flags_of() packs, and room for a few more.
constexpr int kFlags = 16;

/// The flags, and which of the plain columns are there at all.
std::int64_t flags_of(const Person& p) {
    std::int64_t flags = 0;
    for (const bool flag :
         {p.active, p.responsible, p.property.has_value(), p.household.has_value(), p.larn.has_value(),
          p.hackney_homes_id.has_value(), p.member_id.has_value(), p.person_number.has_value(),
          p.relationship.has_value(), p.extended_relationship.has_value()}) {
        flags = flags * 2 + (flag ? 1 : 0);
    }
    return flags;
}

/// The tenancy and the alert flags, above the other flags: a row without them has the seal that it had before
/// there were any.
std::int64_t facts_of_tenancy(const Person& p) {
    const std::int64_t tenancy = p.tenancy.value_or(Id<Tenancy>{}).value;
    return ((tenancy * 2 + (p.cautionary_alert ? 1 : 0)) * 2 + (p.property_cautionary_alert ? 1 : 0))
           << kFlags;
}

/// Identity, version, links, flags and times, as the row seal covers them.
std::array<unsigned char, 7 * 8> sealed_facts(const Person& person) {
    const std::array<std::int64_t, 7> facts{
        person.id.value,
        person.version,
        facts_of_tenancy(person) + flags_of(person),
        person.property.value_or(Id<Property>{}).value,
        person.household.value_or(Id<Household>{}).value,
        to_millis(person.created_at),
        to_millis(person.updated_at),
    };
    std::array<unsigned char, sizeof facts> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] =
            static_cast<unsigned char>(static_cast<std::uint64_t>(facts[i / 8]) >> (8 * (i % 8)) & 0xffU);
    }
    return bytes;
}

/// Calls use(parts) with what the row seal covers; the parts live only for the call.
template <class Use>
auto with_seal_parts(const Person& person, const BlobViews& blobs, Use use) {
    const auto facts = sealed_facts(person);
    const auto tag = [&blobs](PersonColumn column) {
        return crypto::KeyRing::blob_tag(blobs[static_cast<std::size_t>(column)].value_or(ByteView{}));
    };
    const auto plain = [](const std::optional<std::string>& text) {
        return text ? bytes_of(*text) : ByteView{};
    };
    return use({person.uuid.bytes(), facts, plain(person.larn), plain(person.hackney_homes_id),
                plain(person.member_id), plain(person.person_number), plain(person.relationship),
                plain(person.extended_relationship), tag(PersonColumn::Name), tag(PersonColumn::Email),
                tag(PersonColumn::Telephone1), tag(PersonColumn::Telephone2), tag(PersonColumn::Telephone3),
                tag(PersonColumn::DateOfBirth), tag(PersonColumn::Disabled)});
}

/// Seals the row over the blobs that are in it.
void seal_row(const crypto::KeyRing& keys, const Person& person, SealedPerson& sealed) {
    BlobViews views;
    for (std::size_t i = 0; i < kPersonColumns; ++i) {
        views[i] = sealed.blobs[i] ? std::optional{ByteView{*sealed.blobs[i]}} : std::nullopt;
    }
    sealed.row_seal = with_seal_parts(person, views, [&keys](std::initializer_list<ByteView> parts) {
        return keys.row_seal("person", parts);
    });
}

/// Opens one column into a reader; notes it as unreadable where it does not open or does not read.
template <class Read>
void open_column(const crypto::KeyRing& keys, Person& person, const BlobViews& blobs, PersonColumn column,
                 Read read) {
    const auto& blob = blobs[static_cast<std::size_t>(column)];
    if (!blob) {
        return;
    }
    auto text = keys.open(context(person, column), *blob);
    if (!text.ok() || !read(std::move(text).value())) {
        person.unreadable.push_back(name_of(column));
    }
}

void open_text(const crypto::KeyRing& keys, Person& person, const BlobViews& blobs, PersonColumn column,
               std::optional<std::string>& out) {
    open_column(keys, person, blobs, column, [&out](std::string text) {
        out = std::move(text);
        return true;
    });
}

}  // namespace

Literal name_of(PersonColumn column) {
    return kColumnNames[static_cast<std::size_t>(column)];
}

SealedPerson seal_person(const crypto::KeyRing& keys, const Person& person) {
    SealedPerson sealed;
    const auto put = [&](PersonColumn column, const std::optional<std::string>& text) {
        if (text) {
            sealed.blobs[static_cast<std::size_t>(column)] = keys.seal(context(person, column), *text);
        }
    };
    put(PersonColumn::Name, name_text(person.name));
    put(PersonColumn::Email, person.email);
    put(PersonColumn::Telephone1, person.telephone_1);
    put(PersonColumn::Telephone2, person.telephone_2);
    put(PersonColumn::Telephone3, person.telephone_3);
    put(PersonColumn::DateOfBirth,
        person.date_of_birth ? std::optional{format_date(*person.date_of_birth)} : std::nullopt);
    put(PersonColumn::Disabled,
        person.disabled ? std::optional<std::string>{*person.disabled ? "yes" : "no"} : std::nullopt);

    seal_row(keys, person, sealed);
    return sealed;
}

Result<SealedPerson> reseal_person(const crypto::KeyRing& keys, const StoredPerson& stored) {
    const Person& person = stored.person;
    TRY(with_seal_parts(person, stored.blobs, [&](std::initializer_list<ByteView> parts) {
        return keys.check_row_seal("person", stored.row_seal, parts);
    }));
    SealedPerson sealed;
    for (std::size_t i = 0; i < kPersonColumns; ++i) {
        const auto place = context(person, static_cast<PersonColumn>(i));
        if (stored.blobs[i]) {
            sealed.blobs[i] = keys.seal(place, TRY(keys.open(place, *stored.blobs[i])));
        }
    }
    seal_row(keys, person, sealed);
    return sealed;
}

Person open_person(StoredPerson stored, const crypto::KeyRing& keys, Depth depth) {
    Person p = std::move(stored.person);
    const BlobViews& blobs = stored.blobs;
    if (p.property) {
        const Address& home = stored.home;
        p.full_address = join_address(home.line_1, home.line_2, home.line_3, home.city, home.postcode);
    }
    const auto holds = with_seal_parts(p, blobs, [&](std::initializer_list<ByteView> parts) {
        return keys.check_row_seal("person", stored.row_seal, parts);
    });
    if (!holds.ok()) {
        p.unreadable.push_back("row_seal");
    }
    open_column(keys, p, blobs, PersonColumn::Name, [&p](const std::string& text) {
        const auto name = parse_name(text);
        p.name = name.value_or(Name{});
        return name.has_value();
    });
    open_text(keys, p, blobs, PersonColumn::Email, p.email);
    open_text(keys, p, blobs, PersonColumn::Telephone1, p.telephone_1);
    open_text(keys, p, blobs, PersonColumn::Telephone2, p.telephone_2);
    if (depth == Depth::Full) {
        open_text(keys, p, blobs, PersonColumn::Telephone3, p.telephone_3);
        open_column(keys, p, blobs, PersonColumn::DateOfBirth, [&p](const std::string& text) {
            p.date_of_birth = parse_date(text);
            return p.date_of_birth.has_value();
        });
        open_column(keys, p, blobs, PersonColumn::Disabled, [&p](const std::string& text) {
            p.disabled = text == "yes";
            return true;
        });
    }
    return p;
}

Person read_person(const db::Rows& rows, const crypto::KeyRing& keys, Depth depth) {
    StoredPerson stored;
    stored.read(rows);
    return open_person(std::move(stored), keys, depth);
}

std::string name_text(const Name& name) {
    const std::string names = name.first + kUnit + name.last;
    return name.title ? *name.title + kUnit + names : names;
}

std::optional<Name> parse_name(std::string_view text) {
    const auto last = text.rfind(kUnit);
    if (last == std::string_view::npos) {
        return std::nullopt;
    }
    Name name;
    name.last = text.substr(last + 1);
    text = text.substr(0, last);
    if (const auto title = text.rfind(kUnit); title != std::string_view::npos) {
        name.title = text.substr(0, title);
        text = text.substr(title + 1);
    }
    name.first = text;
    return name;
}

Result<Name> open_name(const crypto::KeyRing& keys, const Uuid& person, std::int64_t version, ByteView blob) {
    auto name =
        parse_name(TRY(keys.open({"person", name_of(PersonColumn::Name).view(), person, version}, blob)));
    if (!name) {
        return Error{Code::Corrupt, "Stored data failed an integrity check"};
    }
    return *std::move(name);
}

Result<void> report_damage(audit::Work& work, const Person& person) {
    log(LogLevel::Error, "a sealed field did not open",
        {{"table", Literal{"person"}}, {"id", person.id.value}, {"column", person.unreadable.front()}});
    return work.read({.action = "tenant.damaged",
                      .resource = person.id.value,
                      .version = person.version,
                      .person = person.id.value,
                      .outcome = audit::Outcome::Failed});
}

std::optional<ContactHash> hash_email(const crypto::KeyRing& keys, std::string_view email) {
    const std::string folded = fold_email(email);
    return folded.empty() ? std::nullopt : std::optional{keys.blind_index("person.email", folded)};
}

std::optional<ContactHash> hash_telephone(const crypto::KeyRing& keys, std::string_view telephone) {
    const std::string folded = fold_telephone(telephone);
    return folded.empty() ? std::nullopt : std::optional{keys.blind_index("person.telephone", folded)};
}

std::optional<ContactHash> hash_contact(const crypto::KeyRing& keys, std::string_view typed) {
    constexpr std::size_t kLeastTelephoneDigits = 6;
    if (typed.find('@') != std::string_view::npos) {
        return hash_email(keys, typed);
    }
    // Folded, every kind of dash and space is a space.
    const bool telephone = fold(typed).find_first_not_of("0123456789 +()./") == std::string::npos &&
                           fold_telephone(typed).size() >= kLeastTelephoneDigits;
    return telephone ? hash_telephone(keys, typed) : std::nullopt;
}

}  // namespace tenantry::housing
