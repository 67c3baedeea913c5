// The handlers of the PropOps API, in the order of its route table (routes.cpp). Each decodes, acts through
// the register or access room, and answers; rights and CSRF are checked before by the service.
#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace tenantry::api::propops {

// tenants.cpp
[[nodiscard]] Result<http::Response> read_tenants(Call& call);
[[nodiscard]] Result<http::Response> read_tenants_lightly(Call& call);
[[nodiscard]] Run run_of_tenants(const Params& params);
/// What a get and a create ask the register first.
[[nodiscard]] Result<void> expect_tenant(const Params& params, db::Transaction& tx);
[[nodiscard]] Result<void> expect_creation(const Params& params, db::Transaction& tx);
[[nodiscard]] bool is_creation(const Params& params);
// tenant_changes.cpp
[[nodiscard]] Result<http::Response> post_tenant(Call& call);
[[nodiscard]] Result<http::Response> put_tenant(Call& call);
[[nodiscard]] Result<http::Response> delete_tenant(Call& call);
[[nodiscard]] Result<http::Response> post_tenant_lightly(Call& call);
[[nodiscard]] Result<http::Response> assign_address(Call& call);

// gdpr_report.cpp
[[nodiscard]] Result<http::Response> read_gdpr_report(Call& call);
// erasure.cpp
[[nodiscard]] Result<http::Response> post_erasure(Call& call);
// legal_holds.cpp
[[nodiscard]] Result<http::Response> read_legal_holds(Call& call);
[[nodiscard]] Result<http::Response> post_legal_hold(Call& call);
// retention.cpp
[[nodiscard]] Result<http::Response> read_retention(Call& call);
[[nodiscard]] Result<http::Response> post_retention(Call& call);

// addresses.cpp
[[nodiscard]] Result<http::Response> read_addresses(Call& call);
[[nodiscard]] Result<http::Response> post_address(Call& call);
[[nodiscard]] Result<http::Response> put_address(Call& call);
[[nodiscard]] Result<http::Response> delete_address(Call& call);

// jobs.cpp
[[nodiscard]] Result<http::Response> read_jobs(Call& call);
[[nodiscard]] Run run_of_jobs(const Params& params);
// job_changes.cpp
[[nodiscard]] Result<http::Response> post_job(Call& call);
// case_notes.cpp
[[nodiscard]] Result<http::Response> read_case_notes(Call& call);
[[nodiscard]] Result<http::Response> post_case_note(Call& call);

// consent.cpp
[[nodiscard]] Result<http::Response> post_consent(Call& call);
/// Whether the consent is somebody's by name, which takes credentials.
[[nodiscard]] bool consent_names_a_user(const Params& params);
[[nodiscard]] Result<http::Response> read_consents(Call& call);

// login.cpp
[[nodiscard]] Result<http::Response> log_in(Call& call);
// confirm_password.cpp
[[nodiscard]] Result<http::Response> confirm_password(Call& call);
// sessions.cpp
[[nodiscard]] Result<http::Response> mobile_auth(Call& call);
[[nodiscard]] Result<http::Response> csrf_token(Call& call);
[[nodiscard]] Result<http::Response> log_out(Call& call);
[[nodiscard]] Result<http::Response> read_sessions(Call& call);
[[nodiscard]] Result<http::Response> post_sessions(Call& call);
[[nodiscard]] Result<http::Response> log_out_user(Call& call);

// users.cpp
[[nodiscard]] Result<http::Response> read_users(Call& call);
[[nodiscard]] Result<http::Response> read_profile(Call& call);
// user_changes.cpp
[[nodiscard]] Result<http::Response> post_users(Call& call);
[[nodiscard]] Run run_of_users(const Params& params);
[[nodiscard]] Result<http::Response> put_profile(Call& call);

// permissions.cpp
[[nodiscard]] Result<http::Response> read_permissions(Call& call);
[[nodiscard]] Result<http::Response> put_permissions(Call& call);
[[nodiscard]] Result<http::Response> post_staff_permissions(Call& call);

// activity.cpp
[[nodiscard]] Result<http::Response> read_activity(Call& call);

// system.cpp
[[nodiscard]] Result<http::Response> search(Call& call);
[[nodiscard]] Result<http::Response> heartbeat(Call& call);
[[nodiscard]] Result<http::Response> check_session(Call& call);
[[nodiscard]] Result<http::Response> maintenance_mode(Call& call);

}  // namespace tenantry::api::propops
