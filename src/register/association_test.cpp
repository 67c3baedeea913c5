#include "register/association.hpp"

#include "register/estate.hpp"
#include "register/representative.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

auto stored(const Association& a) {
    return std::tuple{a.id,    a.uuid,  a.version, a.name,       a.area,
                      a.patch, a.email, a.notes,   a.created_at, a.updated_at};
}

class Associations : public test::RegisterTest {
  protected:
    void SetUp() override {
        auto in = work();
        ASSERT_TRUE(put_estate(in, "00000001", "Sample Estate").ok());
        ASSERT_TRUE(put_estate(in, "00000002", "Spare Estate").ok());
        take_events();
    }

    static Association wanted(std::string name = "Sample TRA") {
        Association a;
        a.name = std::move(name);
        a.area = 3;
        a.patch = Uuid::parse("bb000000-0000-4000-8000-000000000001").value();
        a.email = "tra@mail.test";
        a.notes = "Meets on Tuesdays\nin the hall";
        return a;
    }
    Association create(Association a, const Texts& estates = {}) {
        auto in = work();
        return create_association(in, std::move(a), estates).value();
    }
    Result<Association> find(Id<Association> id) {
        auto in = work();
        return find_association(in, id);
    }
    Representative appoint(Id<Association> association, std::string_view role, std::string_view name) {
        auto in = work();
        return add_representative(in, association, role, name).value();
    }
    Texts estates_of(Id<Association> id) {
        Texts all;
        for (const auto& estate : list_association_estates(tx_, id).value()) {
            all.push_back(estate.reference + " " + estate.name);
        }
        return all;
    }
    Texts representatives_of(Id<Association> id) {
        auto in = work();
        Texts all;
        for (const auto& one : list_representatives(in, id).value()) {
            all.push_back(one.role + " " + one.name);
        }
        return all;
    }
    [[nodiscard]] Bytes blob(const std::string& table, const std::string& column) {
        return select<Bytes>("SELECT " + column + " FROM " + table + " WHERE id = 1");
    }
    void set(const std::string& table, const std::string& column, const db::Param& value) {
        run("UPDATE " + table + " SET " + column + " = $1 WHERE id = 1", value);
    }
};

TEST_F(Associations, every_field_comes_back_as_it_was_stored) {
    Association a = create(wanted());
    EXPECT_EQ(a.id.value, 1);
    EXPECT_EQ(stored(*find(a.id)), stored(a));
    clock_.advance(std::chrono::hours{1});
    a.email = "";
    a.notes = std::nullopt;
    a.area = 5;
    auto in = work();
    const Association updated = update_association(in, a, {}).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.updated_at, clock_.now());
    EXPECT_EQ(stored(*find(a.id)), stored(updated));
    EXPECT_EQ(find({404}).error().code, Code::NotFound);
}

TEST_F(Associations, a_name_is_given_once) {
    create(wanted());
    auto in = work();
    const auto again = create_association(in, wanted(), {});
    EXPECT_EQ(again.error().code, Code::Conflict);
    EXPECT_EQ(again.error().field.view(), "name");
    EXPECT_EQ(create_association(in, wanted("Other TRA"), {})->name, "Other TRA");
}

TEST_F(Associations, a_stale_update_is_a_conflict_and_changes_nothing) {
    const Association a = create(wanted());
    auto in = work();
    ASSERT_TRUE(update_association(in, a, {}).ok());
    const std::string before = dump();
    EXPECT_EQ(update_association(in, a, {"00000001"}).error().text.view(), kStaleEdit.text.view());
    EXPECT_EQ(dump(), before);
}

TEST_F(Associations, an_estate_belongs_to_one_association) {
    const Association first = create(wanted(), {"00000001", "404 \"\\\n", "00000001"});
    EXPECT_EQ(estates_of(first.id), (Texts{"00000001 Sample Estate", "404 \"\\\n "}));
    auto in = work();
    const auto second = create_association(in, wanted("Other TRA"), {"00000002", "00000001"});
    EXPECT_EQ(second.error().code, Code::Conflict);
    EXPECT_EQ(second.error().field.view(), "estates");
}

TEST_F(Associations, an_update_adds_estates_and_takes_its_own_again) {
    const Association first = create(wanted(), {"00000001"});
    const Association second = create(wanted("Other TRA"));
    auto in = work();
    EXPECT_EQ(update_association(in, second, {"00000001"}).error().field.view(), "estates");
    ASSERT_TRUE(update_association(in, first, {"00000001", "00000002"}).ok());
    EXPECT_EQ(estates_of(first.id), (Texts{"00000001 Sample Estate", "00000002 Spare Estate"}));
}

TEST_F(Associations, a_single_estate_is_added_once) {
    const Association a = create(wanted());
    auto in = work();
    ASSERT_TRUE(add_estate(in, a.id, "00000002").ok());
    EXPECT_EQ(add_estate(in, a.id, "00000002").error().code, Code::Conflict);
    EXPECT_EQ(add_estate(in, {404}, "00000001").error().code, Code::Conflict);
    ASSERT_TRUE(add_estate(in, a.id, "nowhere").ok());
    EXPECT_EQ(estates_of(a.id), (Texts{"00000002 Spare Estate", "nowhere "}));
}

TEST_F(Associations, a_patch_has_its_associations_in_order) {
    create(wanted("B"));
    create(wanted("A"));
    Association elsewhere = wanted("C");
    elsewhere.patch = {};
    create(elsewhere);
    auto in = work();
    Texts names;
    for (const auto& a : list_associations(in, wanted().patch).value()) {
        names.push_back(a.name);
    }
    EXPECT_EQ(names, (Texts{"B", "A"}));
}

TEST_F(Associations, the_roles_are_listed_with_the_chair_first) {
    Texts roles;
    for (const auto& one : list_association_roles(tx_).value()) {
        roles.push_back(one.role + ": " + one.name);
    }
    EXPECT_EQ(roles, (Texts{"chair: Chair", "vice_chair: Vice chair", "secretary: Secretary",
                            "treasurer: Treasurer"}));
}

TEST_F(Associations, representatives_are_listed_once_and_removed_by_name) {
    const auto id = create(wanted()).id;
    const auto other = create(wanted("Other TRA")).id;
    for (const auto* role : {"chair", "secretary", "chair"}) {
        appoint(id, role, "Cy Chair");
    }
    appoint(id, "treasurer", "Tess Okafor");
    appoint(other, "chair", "Cy Chair");
    EXPECT_EQ(representatives_of(id),
              (Texts{"chair Cy Chair", "secretary Cy Chair", "treasurer Tess Okafor"}));
    auto in = work();
    EXPECT_EQ(*remove_representatives(in, id, "chair"), 0);  // a role is no name
    EXPECT_EQ(*remove_representatives(in, id, "Cy Chair"), 3);
    EXPECT_EQ(*remove_representatives(in, id, "Cy Chair"), 0);
    EXPECT_EQ(representatives_of(id), Texts{"treasurer Tess Okafor"});
    EXPECT_EQ(representatives_of(other), Texts{"chair Cy Chair"});
}

TEST_F(Associations, a_representative_has_an_association_and_a_role_that_there_are) {
    const auto id = create(wanted()).id;
    auto in = work();
    EXPECT_EQ(add_representative(in, {404}, "chair", "Cy Chair").error().code, Code::Conflict);
    EXPECT_EQ(add_representative(in, id, "king", "Cy Chair").error().code, Code::Conflict);
}

TEST_F(Associations, each_change_and_reading_is_one_event) {
    const Association a = create(wanted());
    auto in = work();
    ASSERT_TRUE(update_association(in, a, {"00000001"}).ok());
    ASSERT_TRUE(add_estate(in, a.id, "00000002").ok());
    appoint(a.id, "chair", "Cy Chair");
    ASSERT_TRUE(remove_representatives(in, a.id, "Cy Chair").ok());
    EXPECT_EQ(take_events(), (Texts{"association.created 1/1 - 0", "association.updated 1/2 - 0",
                                    "association.estate_added 1/- - 0", "representative.added 1/1 - 0",
                                    "representative.removed 1/- - 0"}));
    ASSERT_TRUE(find(a.id).ok());
    ASSERT_TRUE(list_associations(in, a.patch).ok());
    representatives_of(a.id);
    EXPECT_EQ(take_events(), (Texts{"association.read 1/2 - 0", "association.listed -/- - 0",
                                    "representative.listed 1/- - 0"}));
}

TEST_F(Associations, nothing_sealed_lies_in_the_tables_in_clear) {
    appoint(create(wanted()).id, "chair", "Cyril Chairman");
    const std::string all = dump();
    for (const auto* clear : {"tra@mail.test", "Tuesdays", "Cyril"}) {
        EXPECT_EQ(all.find(clear), std::string::npos) << clear;
    }
    EXPECT_NE(all.find("Sample TRA"), std::string::npos);
}

TEST_F(Associations, every_change_of_a_stored_association_is_found) {
    const auto id = create(wanted()).id;
    create(wanted("Other TRA"));
    const Bytes no_patch(16);
    const std::vector<std::pair<std::string, db::Param>> changes{
        {"version", 2},     {"name", "Other"},  {"area_id", 4},    {"patch_uuid", no_patch},
        {"email", nullptr}, {"notes", nullptr}, {"created_at", 1}, {"updated_at", 1}};
    for (const auto& [column, value] : changes) {
        run("SAVEPOINT change");
        set("association", column, value);
        EXPECT_EQ(find(id).error().code, Code::Corrupt) << column;
        run("ROLLBACK TO change");
    }
    for (const auto* column : {"email", "notes", "row_seal"}) {
        const Bytes sound = blob("association", column);
        for (std::size_t at = 0; at < sound.size(); ++at) {
            Bytes flipped = sound;
            flipped[at] ^= 1U;
            set("association", column, flipped);
            ASSERT_EQ(find(id).error().code, Code::Corrupt) << column << " byte " << at;
        }
        set("association", column, sound);
    }
    EXPECT_TRUE(find(id).ok());
}

TEST_F(Associations, a_damaged_row_is_left_out_of_its_list_and_reported) {
    const auto id = create(wanted()).id;
    create(wanted("Other TRA"));
    appoint(id, "chair", "Cy Chair");
    appoint(id, "secretary", "Tess Okafor");
    for (const auto* column : {"name", "row_seal"}) {
        const Bytes sound = blob("representative", column);
        for (std::size_t at = 0; at < sound.size(); ++at) {
            Bytes flipped = sound;
            flipped[at] ^= 1U;
            set("representative", column, flipped);
            ASSERT_EQ(representatives_of(id), Texts{"secretary Tess Okafor"}) << column << " byte " << at;
        }
        set("representative", column, sound);
    }
    take_events();
    set("association", "email", Bytes(90));
    set("representative", "role", "treasurer");
    auto in = work();
    EXPECT_EQ(list_associations(in, wanted().patch)->size(), 1U);
    EXPECT_EQ(representatives_of(id), Texts{"secretary Tess Okafor"});
    EXPECT_EQ(take_events(), (Texts{"association.damaged 1/1 - 2", "association.listed -/- - 0",
                                    "representative.damaged 1/1 - 2", "representative.listed 1/- - 0"}));
    CheckReport report;
    ASSERT_TRUE(check_associations(tx_, keys(), report).ok());
    ASSERT_TRUE(check_representatives(tx_, keys(), report).ok());
    EXPECT_EQ(report.records, 4);
    EXPECT_EQ(report.damaged, 2);
    EXPECT_EQ(report.first_damaged[0].table.view(), "association");
    EXPECT_EQ(report.first_damaged[1].table.view(), "representative");
}

}  // namespace
}  // namespace tenantry::housing
