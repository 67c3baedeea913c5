#include "bench/pages.hpp"

#include <fmt/format.h>

#include "access/session.hpp"

namespace tenantry::bench {

namespace {

constexpr db::Sql kPeople{
    "bench/people", "SELECT uuid FROM person WHERE tenancy_id IS NOT NULL AND id % 37 = 0 LIMIT 2000", ""};
constexpr db::Sql kHomes{"bench/homes", "SELECT uuid FROM property WHERE id % 31 = 0 LIMIT 2000", ""};
constexpr db::Sql kTenancies{"bench/tenancies",
                             "SELECT uuid FROM tenancy WHERE present = 1 AND id % 29 = 0 LIMIT 2000", ""};
constexpr db::Sql kInteractions{"bench/interactions",
                                "SELECT uuid FROM interaction WHERE closed_at IS NULL LIMIT 2000", ""};
constexpr db::Sql kOfficers{"bench/officers",
                            "SELECT DISTINCT o.account_id FROM officer o JOIN patch p ON p.officer_id = o.id "
                            "WHERE o.active = 1 LIMIT 50",
                            ""};
constexpr db::Sql kManagers{
    "bench/managers",
    "SELECT DISTINCT o.account_id FROM officer o JOIN manager_area m ON m.officer_id = o.id "
    "WHERE o.active = 1 LIMIT 50",
    ""};

Result<std::vector<std::string>> uuids(db::Transaction& tx, const db::Sql& sql) {
    std::vector<std::string> found;
    auto rows = TRY(tx.query(sql));
    while (TRY(rows.next())) {
        Uuid uuid;
        rows.into(uuid);
        found.push_back(uuid.text());
    }
    return found;
}

Result<std::vector<std::string>> sessions(audit::Work& work, const db::Sql& sql) {
    std::vector<std::int64_t> accounts;
    {
        auto rows = TRY(work.tx().query(sql));
        while (TRY(rows.next())) {
            rows.into(accounts.emplace_back());
        }
    }
    std::vector<std::string> tokens;
    tokens.reserve(accounts.size());
    for (const auto account : accounts) {
        tokens.push_back(
            TRY(access::create_session(work, account, access::SessionKind::Api, {"127.0.0.1", "bench"}, {}))
                .token);
    }
    return tokens;
}

const std::string& one_of(const std::vector<std::string>& texts, Random& random) {
    return texts[random.below(texts.size())];
}

std::string get(const std::string& path, const std::string& token) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\r\n", path, token);
}

std::string post(std::string_view path, const std::string& token, const std::string& body) {
    return fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: "
        "application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        path, token, body.size(), body);
}

}  // namespace

Result<PageSubjects> draw_page_subjects(app::Instance& instance) {
    PageSubjects subjects = TRY(instance.write([](audit::Work& work) -> Result<PageSubjects> {
        PageSubjects drawn;
        drawn.people = TRY(uuids(work.tx(), kPeople));
        drawn.homes = TRY(uuids(work.tx(), kHomes));
        drawn.tenancies = TRY(uuids(work.tx(), kTenancies));
        drawn.interactions = TRY(uuids(work.tx(), kInteractions));
        drawn.officers = TRY(sessions(work, kOfficers));
        drawn.managers = TRY(sessions(work, kManagers));
        return drawn;
    }));
    return subjects;
}

std::vector<PageRequest> page_requests(const PageSubjects& subjects, const DrawSearch& draw_search) {
    constexpr double kPageMs = 50;
    constexpr double kTypingMs = 30;
    const auto& s = subjects;
    const auto of = [&s](std::string prefix, const std::vector<std::string>& uuids, std::string suffix = "") {
        return [&s, &uuids, prefix = std::move(prefix), suffix = std::move(suffix)](Random& random) {
            return get(prefix + one_of(uuids, random) + suffix, one_of(s.officers, random));
        };
    };
    const auto to = [](std::string path, const std::vector<std::string>& tokens) {
        return
            [path = std::move(path), &tokens](Random& random) { return get(path, one_of(tokens, random)); };
    };
    return {
        {"Today, an officer's", kPageMs, to("/", s.officers)},
        {"search while typing", kTypingMs,
         [&s, draw_search](Random& random) {
             return post("/search", one_of(s.officers, random), "part=1&q=" + draw_search(random));
         }},
        {"person", kPageMs, of("/people/", s.people)},
        {"home", kPageMs, of("/homes/", s.homes)},
        {"visit sheet", kPageMs, of("/homes/", s.homes, "/visit-sheet")},
        {"tenancy, with a year's chart", kPageMs, of("/tenancies/", s.tenancies)},
        {"interaction", kPageMs, of("/interactions/", s.interactions)},
        {"form to log one", kPageMs, of("/people/", s.people, "/log")},
        {"manager's desk", kPageMs, to("/desk", s.managers)},
        {"records desk", kPageMs, [&s](Random& /*random*/) { return get("/records", s.admin); }},
        {"activity log", kPageMs, [&s](Random& /*random*/) { return get("/records/activity", s.admin); }},
        {"administration", kPageMs, [&s](Random& /*random*/) { return get("/administration", s.admin); }},
    };
}

}  // namespace tenantry::bench
