#include "app/command_line.hpp"

int main(int argc, char** argv) {
    return tenantry::app::run(argc, argv);
}
