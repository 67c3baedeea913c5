#include "web/form.hpp"

#include <gtest/gtest.h>

namespace tenantry::web {
namespace {

api::Params sent(const std::string& body) {
    http::Request request;
    request.method = "POST";
    request.path = "/";
    request.body = body;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    auto params = api::Params::read(request);
    EXPECT_TRUE(params.ok());
    return std::move(params).value();
}

std::string shown(const Form& form) {
    View view;
    form.show_in(view);
    return render("errors", view) + render("field_list", view);
}

TEST(Form, one_that_is_opened_has_what_it_was_given_and_no_errors) {
    Form form;
    form.with("name", "O'Brien").with_date("born", *parse_date("1980-02-29"));
    EXPECT_FALSE(form.text({.name = "name", .label = "Name", .missing = "Enter a name"}));
    EXPECT_FALSE(form.date({.name = "born", .label = "Date of birth", .missing = "Enter a date"}));
    EXPECT_TRUE(form.is_sound());
    const auto html = shown(form);
    EXPECT_NE(html.find(R"(value="O&apos;Brien")"), std::string::npos);
    EXPECT_NE(html.find(R"(name="born.day" type="text" inputmode="numeric" value="29")"), std::string::npos);
    EXPECT_EQ(html.find("There is a problem"), std::string::npos);
}

TEST(Form, what_is_wrong_is_said_at_the_field_and_at_the_top) {
    const auto params = sent("name=+&notes=x%01y");
    Form form{params};
    EXPECT_FALSE(form.text({.name = "name", .label = "Name", .missing = "Enter a name"}));
    EXPECT_FALSE(form.lines({.name = "notes", .label = "Notes"}));
    EXPECT_FALSE(form.is_sound());
    const auto html = shown(form);
    EXPECT_NE(html.find(R"(<a href="#name">Enter a name</a>)"), std::string::npos);
    EXPECT_NE(html.find(R"(aria-describedby="name-error")"), std::string::npos);
    EXPECT_NE(html.find("Notes must not have characters that cannot be seen"), std::string::npos);
}

TEST(Form, a_field_for_an_email_address_takes_nothing_else) {
    const auto params = sent("a=ama%40example.com&b=ama.example.com");
    Form form{params};
    EXPECT_EQ(form.text({.name = "a", .label = "A", .type = "email"}), "ama@example.com");
    EXPECT_TRUE(form.is_sound());
    EXPECT_FALSE(form.text({.name = "b", .label = "B", .type = "email"}));
    EXPECT_NE(shown(form).find(R"(<a href="#b">Enter an e-mail address in the form name@example.com</a>)"),
              std::string::npos);
}

TEST(Form, texts_are_trimmed_and_bounded_by_characters) {
    const auto params = sent("a=+O%27Brien+&b=%C3%A9%C3%A9%C3%A9&c=%C3%A9%C3%A9%C3%A9%C3%A9");
    Form form{params};
    EXPECT_EQ(form.text({.name = "a", .label = "A"}), "O'Brien");
    EXPECT_EQ(form.text({.name = "b", .label = "B", .characters_max = 3}), "ééé");
    EXPECT_TRUE(form.is_sound());
    EXPECT_FALSE(form.text({.name = "c", .label = "C", .characters_max = 3}));
    EXPECT_NE(shown(form).find("C must be 3 characters or fewer"), std::string::npos);
}

TEST(Form, lines_keep_their_ends_as_the_register_has_them) {
    const auto params = sent("notes=one%0D%0Atwo%0Dthree%0A&blank=%0D%0A");
    Form form{params};
    EXPECT_EQ(form.lines({.name = "notes", .label = "Notes"}), "one\ntwo\nthree\n");
    EXPECT_FALSE(form.lines({.name = "blank", .label = "Blank", .missing = "Enter notes"}));
    EXPECT_FALSE(form.is_sound());
}

TEST(Form, a_password_is_never_shown) {
    const auto params = sent("password=+secret+words+");
    Form form{params};
    EXPECT_EQ(form.password({.name = "password", .label = "Password"}), " secret words ");
    EXPECT_EQ(shown(form).find("secret"), std::string::npos);
}

TEST(Form, only_what_was_offered_can_be_chosen) {
    const auto params = sent("colour=green&size=huge&toppings.nuts=yes");
    Form form{params};
    const std::vector<Option> colours{{"", "Choose"}, {"green", "Green"}};
    EXPECT_EQ(form.select({.name = "colour", .label = "Colour", .options = colours}), "green");
    EXPECT_FALSE(form.radios(
        {.name = "size", .label = "Size", .options = {{"small", "Small"}}, .missing = "Choose a size"}));
    EXPECT_EQ(form.checkboxes(
                  {.name = "toppings", .label = "Toppings", .options = {{"nuts", "Nuts"}, {"figs", "Figs"}}}),
              std::vector<std::string>{"nuts"});
    const auto html = shown(form);
    EXPECT_NE(html.find(R"(<option value="green" selected>)"), std::string::npos);
    EXPECT_NE(html.find(R"(<a href="#size">Choose a size</a>)"), std::string::npos);
    EXPECT_NE(html.find(R"(name="toppings.nuts" type="checkbox" value="yes" checked)"), std::string::npos);
}

TEST(Form, a_date_must_be_one) {
    const std::pair<const char*, std::optional<Date>> cases[] = {
        {"d.day=27&d.month=3&d.year=2026", parse_date("2026-03-27")},
        {"d.day=+27&d.month=03&d.year=2026+", parse_date("2026-03-27")},
        {"d.day=29&d.month=2&d.year=2025", std::nullopt},
        {"d.day=27&d.month=3&d.year=26", std::nullopt},
        {"d.day=27&d.month=march&d.year=2026", std::nullopt},
        {"d.day=27&d.month=3", std::nullopt},
        {"d.day=-1&d.month=3&d.year=2026", std::nullopt},
        {"d.day=99999999999&d.month=3&d.year=2026", std::nullopt},
    };
    for (const auto& [body, expected] : cases) {
        const auto params = sent(body);
        Form form{params};
        EXPECT_EQ(form.date({.name = "d", .label = "The day"}), expected) << body;
        EXPECT_EQ(form.is_sound(), expected.has_value()) << body;
    }
    const auto params = sent("d.day=&d.month=&d.year=");
    Form form{params};
    EXPECT_FALSE(form.date({.name = "d", .label = "The day"}));
    EXPECT_TRUE(form.is_sound());
}

}  // namespace
}  // namespace tenantry::web
