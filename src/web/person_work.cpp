#include "web/person_work.hpp"

#include <algorithm>

#include "web/format.hpp"
#include "web/interaction_row.hpp"

namespace tenantry::web {

void show_work_in(View& view, const housing::InteractionList& list, const std::string& caption) {
    std::vector<View> rows;
    rows.reserve(list.items.size());
    for (const auto& item : list.items) {
        const auto& interaction = item.interaction;
        const auto& closed_at = interaction.closed_at;
        const auto holder = item.patch_officer ? item.patch_officer : item.manager;
        rows.push_back(view_of({{"href", View{"/interactions/" + interaction.uuid.text()}},
                                {"subject", View{say_subject(item.enquiry_subject, item.nature_of_enquiry,
                                                             interaction.process_type)}},
                                {"ticket", View{item.ticket_number}},
                                {"logged", View{say_time(interaction.created_at)}},
                                {"by", text_or_none(list.name_of(interaction.created_by))},
                                {"closed", closed_at ? View{say_date(uk_date(*closed_at))} : flag(false)},
                                {"callback", flag(item.request_callback && !closed_at)},
                                {"with", text_or_none(list.name_of(holder))}}));
    }
    std::reverse(rows.begin(), rows.end());
    set_list(view, "work", std::move(rows));
    view["work_caption"] = View{caption};
}

}  // namespace tenantry::web
