// Escalation through its handler (contract 4.14, V4), on the day that an issue is due: a server's own clock
// can't be moved.
#include <gtest/gtest.h>

#include <algorithm>

#include "api/hackney/routes.hpp"
#include "api/services.hpp"
#include "db/sqlite/sqlite.hpp"
#include "register/association.hpp"
#include "register/issue.hpp"
#include "register/meeting.hpp"
#include "tests/support/casework_records.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::api::hackney {
namespace {

class EscalationReply : public test::CaseworkTest {
  protected:
    static constexpr std::chrono::days kToDeadline{
        19};  // 15 working days from the Sunday on which the clock stands

    void SetUp() override {
        CaseworkTest::SetUp();
        auto in = work();
        housing::Association sample;
        sample.name = "Sample TRA";
        housing::NewMeeting meeting;
        meeting.links.association = housing::create_association(in, sample, {})->id;
        meeting_ = housing::hold_meeting(in, meeting)->interaction;
        ASSERT_TRUE(db::create_sqlite(folder_.path() / "register.db", clock_).ok());
        database_ = db::open_sqlite(folder_.path() / "register.db", clock_).value();
    }

    housing::Casework raise() {
        auto in = work();
        housing::NewIssue issue;
        issue.links.patch = kPatch;
        issue.links.area = kArea;
        issue.links.created_by = kOther;
        issue.links.enquiry_subject = "100000501";
        issue.title = "ETRA";
        issue.note = "Door broken";
        issue.location = "Sample House";
        return housing::raise_issue(in, meeting_, std::move(issue)).value();
    }

    http::Response escalate() {
        const auto routes = v2_meeting_routes();
        const auto route = std::find_if(routes.begin(), routes.end(), [](const Route& one) {
            return one.path == "/v2/tra/meeting/issues";
        });
        VERIFY(route != routes.end());
        audit::ReadLog reads{*database_, keys()};
        Metrics metrics;
        const Settings settings;
        housing::NamesInMemory names;
        Services services{*database_, keys(), reads, names, clock_, settings, metrics, {}, {}};
        const http::Request request;
        const Params params;
        auto in = work();
        Call call{request, params, services, in, std::nullopt};
        return route->handler(call).value();
    }

    test::TemporaryFolder folder_;
    std::unique_ptr<db::Database> database_;
    housing::Interaction meeting_;
};

TEST_F(EscalationReply, an_issue_is_escalated_on_the_day_that_it_is_due_and_only_once) {
    constexpr std::string_view kNothing =
        R"({"issuesToEscalate":null,"successfullyEscalatedIssues":null,"failedToEscalateIssues":null})";
    const auto raised = raise();
    const std::string created = format_instant(clock_.now());
    EXPECT_EQ(escalate().body, kNothing);
    clock_.advance(kToDeadline);
    const auto escalated = escalate();
    EXPECT_EQ(escalated.status, 200);
    EXPECT_EQ(
        escalated.body,
        R"({"issuesToEscalate":null,"successfullyEscalatedIssues":[{"id":")" +
            raised.interaction.uuid.text() + R"(","serviceRequestId":")" + raised.incident.uuid.text() +
            R"(","areaId":3,"serviceOfficerEmailSent":true,"serviceAreaManagerEmailSent":false,)"
            R"("areaHousingManagerEmailSent":true,"dueDate":")" +
            format_date(Date{std::chrono::floor<std::chrono::days>(clock_.now())}) +
            R"(T00:00:00Z","traId":1,"createdOn":")" + created + R"(","ticketNumber":")" +
            raised.incident.ticket_number +
            R"(","housingOfficerName":"Olu Officer","issueName":null,"issueType":{"issueId":"100000501"},)"
            R"("location":{"name":"Sample House"},"notes":"Door broken"}],)"
            R"("failedToEscalateIssues":null})");
    EXPECT_EQ(escalate().body, kNothing);
    clock_.advance(std::chrono::hours{24});
    EXPECT_EQ(escalate().body, kNothing);
}

TEST_F(EscalationReply, an_issue_that_does_not_open_is_in_the_list_of_failures) {
    raise();
    run("UPDATE issue SET row_seal = x'00'");
    clock_.advance(kToDeadline);
    const std::string body = escalate().body;
    EXPECT_NE(body.find(R"("successfullyEscalatedIssues":null,"failedToEscalateIssues":[{"id":")"),
              std::string::npos)
        << body;
}

}  // namespace
}  // namespace tenantry::api::hackney
