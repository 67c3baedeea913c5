#include "register/person_line.hpp"

#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

Result<std::vector<PersonLine>> read_person_lines(audit::Work& work,
                                                  const std::vector<std::int64_t>& people) {
    std::vector<PersonLine> lines;
    if (people.empty()) {
        return lines;
    }
    {
        db::Rows rows = TRY(work.tx().query(sql::person_line::find_all, PageOfIds{people}.json()));
        while (TRY(rows.next())) {
            PersonLine& line = lines.emplace_back();
            StoredPerson stored;
            stored.read(rows, line.home, line.uprn, line.tenancy, line.tag_reference);
            line.person = open_person(std::move(stored), work.keys(), Depth::Contact);
        }
    }
    for (const auto& line : lines) {
        if (!line.person.unreadable.empty()) {
            TRY(report_damage(work, line.person));
        }
    }
    sort_as_listed(lines, people, [](const PersonLine& line) { return line.person.id.value; });
    return lines;
}

}  // namespace tenantry::housing
