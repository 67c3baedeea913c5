#include "web/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "api/services.hpp"
#include "intake/import.hpp"
#include "web/administration.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using intake::Import;
using Stage = Import::Stage;

constexpr std::string_view kHere = "/administration/import";
constexpr std::string_view kProgress = "/administration/import/progress";
constexpr std::size_t kNameCharacters = 200;

Import& import_of(const Call& call) {
    VERIFY(call.services.import != nullptr);
    return *call.services.import;
}

View view_of_folder(const intake::IncomingFolder& folder) {
    return view_of({{"name", View{folder.name}},
                    {"files", View{say_count(static_cast<std::int64_t>(folder.files), "file", "files")}},
                    {"size", View{say_size(folder.bytes)}},
                    {"changed", View{say_time(folder.changed_at)}}});
}

/// What goes on or was last, in a sentence.
std::string say_state(const Import::State& state) {
    const bool checks = state.wish == Import::Wish::Check;
    switch (state.stage) {
        case Stage::Idle:
            return "Nothing was checked or imported since the server was started";
        case Stage::Checking:
        case Stage::Hashing:
        case Stage::Writing:
            return fmt::format("{} is being {}", state.folder, checks ? "checked" : "imported");
        case Stage::Done:
            return checks ? "No error was found in the files of " + state.folder
                          : state.folder + " is imported";
        case Stage::Failed:
            break;
    }
    return state.errors.empty()
               ? fmt::format("{} could not be {}", state.folder, checks ? "checked" : "imported")
               : fmt::format("{} has errors", state.folder);
}

std::string say_whole(std::size_t number) {
    return say_number(static_cast<std::int64_t>(number));
}

std::string say_rows(std::size_t rows) {
    return say_count(static_cast<std::int64_t>(rows), "row", "rows");
}

/// How far it is, in a sentence.
std::string say_progress(const Import::State& state) {
    if (state.stage == Stage::Checking) {
        return fmt::format("Checking: {} read so far.", say_rows(state.done));
    }
    if (state.stage == Stage::Hashing) {
        return fmt::format("Preparing passwords: {} of {} so far.", state.done, state.in_all);
    }
    const auto percent = state.in_all == 0 ? 0 : std::min(state.done, state.in_all) * 100 / state.in_all;
    return fmt::format("Writing: {} % of {} so far.", percent, say_rows(state.in_all));
}

std::vector<View> counts_of(const intake::RecordCounts& counts) {
    std::vector<View> rows;
    for (const auto& [count, name] : counts.named()) {
        if (count > 0) {
            std::string key{name};
            key[0] = static_cast<char>(key[0] - 'a' + 'A');
            rows.push_back(view_of({{"key", View{key}}, {"value", View{say_whole(count)}}}));
        }
    }
    return rows;
}

View view_of_error(const intake::RowError& error) {
    return view_of(
        {{"file", View{error.file}},
         {"line", text_or_none(error.line > 0 ? std::optional{say_whole(error.line)} : std::nullopt)},
         {"column", text_or_none(error.column.empty() ? std::nullopt : std::optional{error.column})},
         {"reason", View{std::string{error.reason.view()}}}});
}

/// The page of errors that was asked for.
void show_errors_in(View& content, const std::vector<intake::RowError>& errors, AskedPage asked) {
    const auto size = static_cast<std::int64_t>(errors.size());
    const auto slice = slice_of(asked, errors.size());
    std::vector<View> rows;
    for (const auto& error : std::span{errors}.subspan(slice.begin, slice.end - slice.begin)) {
        rows.push_back(view_of_error(error));
    }
    content["count"] =
        View{errors.size() == intake::RowErrors::kMost
                 ? "These are the first " + say_count(size, "error", "errors") + "; there may be more"
                 : say_count(size, "error", "errors")};
    set_list(content, "rows", std::move(rows));
    show_paging_in(content, fmt::format("{}?", kProgress), asked, slice.has_more);
}

/// The folders, with what was wrong with what was wished.
Result<http::Response> show_folders(Call& call, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    const auto& import = import_of(call);
    const auto found = import.list();
    const auto state = import.state();
    View content;
    content["state"] =
        state.stage == Stage::Idle
            ? flag(false)
            : view_of({{"text", View{say_state(state)}}, {"href", View{std::string{kProgress}}}});
    content["running"] = flag(state.is_running());
    std::vector<View> folders;
    for (const auto& folder : found.folders) {
        folders.push_back(view_of_folder(folder));
    }
    set_list(content, "folders", std::move(folders));
    content["more"] = flag(found.has_more);
    content["passed_over"] = flag(found.passed_over > 0);
    return show_administration(
        call, visitor, kHere,
        {.title = "Import", .template_name = "import", .content = std::move(content), .form = &form});
}

/// The folders again, saying why the wish cannot be fulfilled; what is no fault of the wish is passed on.
Result<http::Response> refuse_wish(Call& call, const Error& error) {
    if (error.code != Code::Invalid && error.code != Code::NotFound && error.code != Code::Conflict) {
        return error;
    }
    Form form{call.params};
    form.refuse("", std::string{error.text.view()});
    return show_folders(call, form);
}

Result<http::Response> start(Call& call, Import::Wish wish) {
    const auto folder = TRY(call.params.text("folder", kNameCharacters)).value_or("");
    const auto started = import_of(call).start(folder, wish, call.work.actor());
    return started.ok() ? go_to(std::string{kProgress}) : refuse_wish(call, started.error());
}

View view_of_work(const Import::State& state) {
    if (!state.is_running()) {
        return flag(false);
    }
    return view_of({{"progress", View{say_progress(state)}},
                    {"began", View{say_time(state.began_at)}},
                    {"in_all", text_or_none(state.in_all > 0 ? std::optional{std::to_string(state.in_all)}
                                                             : std::nullopt)},
                    {"done", View{std::to_string(state.done)}},
                    {"writing", flag(state.stage == Stage::Writing)}});
}

View view_of_failure(const Import::State& state) {
    if (state.stage != Stage::Failed) {
        return flag(false);
    }
    return view_of(
        {{"reason", text_or_none(state.errors.empty() ? std::optional{std::string{state.reason.view()}}
                                                      : std::nullopt)}});
}

}  // namespace

Result<http::Response> read_import(Call& call) {
    return show_folders(call, Form{});
}

Result<http::Response> read_import_progress(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto asked = TRY(asked_page(call));
    const auto state = import_of(call).state();
    const bool failed = state.stage == Stage::Failed;
    View content;
    content["heading"] = View{say_state(state)};
    content["folder"] = View{state.folder};
    content["running"] = view_of_work(state);
    content["failed"] = view_of_failure(state);
    content["ended"] = state.stage == Stage::Done || failed ? View{say_time(state.ended_at)} : flag(false);
    content["can_import"] = flag(state.stage == Stage::Done && state.wish == Import::Wish::Check);
    set_list(content, "counts", state.stage == Stage::Done ? counts_of(state.counts) : std::vector<View>{});
    content["empty"] = flag(state.stage == Stage::Done && state.counts.total() == 0);
    show_errors_in(content, state.errors, asked);
    return show_administration(call, visitor, "",
                               {.title = "Import",
                                .template_name = "import_progress",
                                .content = std::move(content),
                                .back = Link{std::string{kHere}, "Import"}});
}

Result<http::Response> post_import_check(Call& call) {
    return start(call, Import::Wish::Check);
}

Result<http::Response> ask_before_import(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto folder = TRY(call.params.text("folder", kNameCharacters)).value_or("");
    if (const auto startable = import_of(call).check_startable(folder); !startable.ok()) {
        return refuse_wish(call, startable.error());
    }
    View content;
    content["folder"] = View{folder};
    return show_administration(call, visitor, "",
                               {.title = "Import a folder?",
                                .template_name = "import_confirm",
                                .content = std::move(content),
                                .back = Link{std::string{kHere}, "Import"}});
}

Result<http::Response> post_import(Call& call) {
    return start(call, Import::Wish::Import);
}

}  // namespace tenantry::web
