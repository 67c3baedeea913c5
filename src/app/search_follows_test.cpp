// In mode memory, with writes in groups, some of them refused: who asks after the answer finds what was
// written, and nobody ever finds what was not.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "app/instance.hpp"
#include "register/person.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::app {
namespace {

constexpr int kWriters = 4;
constexpr int kEach = 60;

class SearchFollows : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(init_instance(data_, clock_, housing::SearchMode::Memory).ok());
        instance_ = Instance::open(data_, clock_).value();
    }
    void TearDown() override { instance_->close(); }

    /// Names that a new snapshot's search finds.
    std::vector<std::string> find(const std::string& text) { return find(text, instance_->names()); }
    std::vector<std::string> find(const std::string& text, housing::NamesInMemory& memory) {
        std::vector<std::string> names;
        const auto searched = instance_->read([&](db::Transaction& tx) -> Result<void> {
            audit::Work in{tx, instance_->keys(), {}, clock_.now(), &instance_->reads()};
            housing::PersonFilter filter;
            filter.search = text;
            filter.paging.limit = 1000;
            for (const auto& person : TRY(housing::list_people(in, memory, filter)).people) {
                names.push_back(person.name.full());
            }
            return {};
        });
        EXPECT_TRUE(searched.ok());
        return names;
    }
    /// Creates a person, and then refuses it all if so wished.
    Result<housing::Person> create(const std::string& name, bool refused = false) {
        return instance_->write([&](audit::Work& work) -> Result<housing::Person> {
            housing::Person person;
            person.name = housing::split_name(name);
            person = TRY(housing::create_person(work, person));
            return refused ? Result<housing::Person>{Error{Code::Invalid, "refused"}} : person;
        });
    }
    void remove_changes() {
        ASSERT_TRUE(
            instance_->write([this](audit::Work& work) { return instance_->names().remove_changes(work); })
                .ok());
    }
    void change_mode(housing::SearchMode mode) {
        ASSERT_TRUE(instance_
                        ->write([&](audit::Work& work) {
                            return housing::rebuild_search(work, instance_->names(), mode);
                        })
                        .ok());
    }
    void write_and_search(const std::string& own) {
        for (int i = 0; i < kEach; ++i) {
            const std::string number = own + std::to_string(i) + "x";
            EXPECT_FALSE(create("Never " + number, true).ok());
            const auto made = create("Before " + number);
            ASSERT_TRUE(made.ok());
            ASSERT_EQ(find("before " + number), std::vector{"Before " + number});
            ASSERT_TRUE(instance_
                            ->write([&](audit::Work& work) {
                                housing::Person after = *made;
                                after.name = housing::split_name("After " + number);
                                return housing::update_person(work, *made, after, "tenant.updated");
                            })
                            .ok());
            ASSERT_EQ(find(number), std::vector{"After " + number});
        }
    }

    test::TemporaryFolder folder_;
    std::filesystem::path data_ = folder_.path() / "data";
    test::SetClock clock_;
    std::unique_ptr<Instance> instance_;
};

TEST_F(SearchFollows, a_change_is_found_after_its_commit_and_a_refused_one_never) {
    std::vector<std::thread> writers;
    writers.reserve(kWriters);
    for (int w = 0; w < kWriters; ++w) {
        writers.emplace_back([this, w] { write_and_search(std::string(1, static_cast<char>('a' + w))); });
    }
    std::atomic<bool> done = false;
    std::thread cleaner{[&] {
        while (!done) {
            EXPECT_EQ(find("never"), std::vector<std::string>{});
            remove_changes();
        }
    }};
    for (auto& writer : writers) {
        writer.join();
    }
    done = true;
    cleaner.join();
    EXPECT_EQ(find("after").size(), kWriters * kEach);
    EXPECT_EQ(find("before").size(), 0);
    // Read anew, memory holds the same.
    instance_->names().forget();
    ASSERT_TRUE(instance_->names().load(instance_->database(), instance_->keys(), 3).ok());
    EXPECT_EQ(find("after").size(), kWriters * kEach);
}

TEST_F(SearchFollows, another_servers_memory_finds_what_was_changed_while_it_did_not_look) {
    housing::NamesInMemory other;
    ASSERT_TRUE(create("Ada Sample").ok());
    ASSERT_EQ(find("sample", other).size(), 1);
    ASSERT_TRUE(create("Bob Sample").ok());
    ASSERT_EQ(find("sample").size(), 2);
    remove_changes();
    EXPECT_EQ(find("sample", other).size(), 2);
    for (const auto* name : {"Cy Sample", "Di Sample", "Ed Sample"}) {
        ASSERT_TRUE(create(name).ok());
        ASSERT_EQ(find(name).size(), 1);
        remove_changes();
    }
    remove_changes();
    EXPECT_EQ(find("sample", other).size(), 5)
        << "of the changes that it has not seen the first ones are gone";
    change_mode(housing::SearchMode::Plaintext);
    ASSERT_TRUE(create("Flo Sample").ok());
    EXPECT_EQ(find("sample", other).size(), 6);
    change_mode(housing::SearchMode::Memory);
    EXPECT_EQ(find("sample", other).size(), 6) << "what changed in mode plaintext was noted nowhere";
}

}  // namespace
}  // namespace tenantry::app
