#include "register/occupancy.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using People = std::vector<Id<Person>>;

class Occupancies : public test::HousingTest {
  protected:
    void SetUp() override {
        first_ = add_property("1 Weir Lane").id;
        second_ = add_property("2 Weir Lane").id;
    }

    Person add_at(Id<Property> home) {
        Person person;
        person.name.last = "Nair";
        person.property = home;
        return add(person);
    }
    Person move(const Person& person, std::optional<Id<Property>> to) {
        clock_.advance(std::chrono::hours{24});
        Person after = person;
        after.property = to;
        return update(person, after);
    }

    Id<Property> first_;
    Id<Property> second_;
};

TEST_F(Occupancies, whoever_is_created_at_a_property_is_there_from_then) {
    const auto at = clock_.now();
    const Person person = add_at(first_);
    const auto all = list_occupancies(tx_, person.id);
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().property, first_);
    EXPECT_EQ(all->front().full_address, "1 Weir Lane, Otley, LS21 3AB");
    EXPECT_EQ(all->front().from, at);
    EXPECT_EQ(all->front().to, std::nullopt);
}

TEST_F(Occupancies, whoever_is_nowhere_has_none) {
    EXPECT_TRUE(list_occupancies(tx_, add_person("Nowhere").id)->empty());
}

TEST_F(Occupancies, history_is_listed_newest_first) {
    const auto start = clock_.now();
    const Person moved = move(add_at(first_), second_);
    const auto moved_at = clock_.now();
    const Person gone = move(moved, std::nullopt);
    const auto gone_at = clock_.now();
    move(gone, first_);
    const auto all = list_occupancies(tx_, gone.id);
    ASSERT_TRUE(all.ok());
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].property, first_);
    EXPECT_EQ((*all)[0].from, clock_.now());
    EXPECT_EQ((*all)[0].to, std::nullopt);
    EXPECT_EQ((*all)[1].property, second_);
    EXPECT_EQ((*all)[1].from, moved_at);
    EXPECT_EQ((*all)[1].to, gone_at);
    EXPECT_EQ((*all)[2].from, start);
    EXPECT_EQ((*all)[2].to, moved_at);
}

TEST_F(Occupancies, moves_at_the_same_instant_keep_their_order) {
    const Person person = add_at(first_);
    Person after = person;
    after.property = second_;
    const Person moved = update(person, after);
    after.property = first_;
    update(moved, after);
    const auto all = list_occupancies(tx_, person.id);
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].property, first_);
    EXPECT_EQ((*all)[0].to, std::nullopt);
    EXPECT_EQ((*all)[1].property, second_);
}

TEST_F(Occupancies, an_update_that_does_not_move_leaves_the_history) {
    const Person person = add_at(first_);
    clock_.advance(std::chrono::hours{1});
    Person renamed = person;
    renamed.name.last = "Patel";
    update(person, renamed);
    const auto all = list_occupancies(tx_, person.id);
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().from, person.created_at);
}

TEST_F(Occupancies, who_lived_where_is_known_for_any_instant) {
    const auto start = clock_.now();
    const auto before = start - std::chrono::milliseconds{1};
    const Person person = add_at(first_);
    const Person stays = add_at(first_);
    move(person, second_);
    const auto moved_at = clock_.now();
    const auto at = [this](Id<Property> home, Instant when) {
        return list_occupants_at(tx_, home, when).value();
    };
    EXPECT_EQ(at(first_, before), People{});
    EXPECT_EQ(at(first_, start), (People{person.id, stays.id}));
    EXPECT_EQ(at(first_, moved_at - std::chrono::milliseconds{1}), (People{person.id, stays.id}));
    EXPECT_EQ(at(first_, moved_at), People{stays.id});
    EXPECT_EQ(at(second_, moved_at), People{person.id});
    EXPECT_EQ(at(second_, start), People{});
    EXPECT_EQ(at(Id<Property>{404}, moved_at), People{});
}

TEST_F(Occupancies, the_database_refuses_a_second_current_one) {
    const Person person = add_at(first_);
    const auto second =
        tx_.execute(test::sql("INSERT INTO occupancy (person_id, property_id, from_at) VALUES ($1, $2, 0)"),
                    person.id, second_);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::Conflict);
}

}  // namespace
}  // namespace tenantry::housing
