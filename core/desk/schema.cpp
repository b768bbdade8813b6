#include "core/desk/desk.h"
#include "core/procedure/model.h"
#include "core/registry/commands.h"
#include "core/registry/queries.h"
#include "core/service/commands.h"
#include "core/service/feedback/commands.h"
#include "core/service/feedback/queries.h"
#include "core/service/photos/commands.h"
#include "core/service/photos/queries.h"
#include "core/service/queries.h"
#include "core/service/repairs/commands.h"
#include "core/service/repairs/queries.h"
#include "core/service/visits/commands.h"
#include "core/service/visits/queries.h"

namespace guanjia {

Schema const& desk_schema() {
    static Schema const schema = [] {
        Schema made;
        for (auto const descriptions :
             {procedure_descriptions(), registry_descriptions(), service_descriptions(), visit_descriptions(),
              repair_descriptions(), feedback_descriptions(), photo_descriptions()})
            made.descriptions.insert(made.descriptions.end(), descriptions.begin(), descriptions.end());
        made.subjects = {reception_subject(), ticket_subject(), draw_subject(), inspection_subject(),
                         improvement_subject()};
        for (auto const* sql : duty_tables) made.derived_tables.emplace_back(sql);
        for (auto const tables : {service_tables(), visit_tables()})
            for (auto const* sql : tables) made.derived_tables.emplace_back(sql);
        made.rules = 1;
        return made;
    }();
    return schema;
}

std::vector<CommandSpec> const& desk_commands() {
    static std::vector<CommandSpec> const commands = [] {
        std::vector<CommandSpec> all;
        for (auto const area : {registry_commands(), service_commands(), visit_commands(), repair_commands(),
                                feedback_commands(), photo_commands()})
            all.insert(all.end(), area.begin(), area.end());
        return all;
    }();
    return commands;
}

std::vector<QuerySpec> const& desk_queries() {
    static std::vector<QuerySpec> const queries = [] {
        std::vector<QuerySpec> all;
        for (auto const area : {registry_queries(), service_queries(), visit_queries(), repair_queries(),
                                feedback_queries(), photo_queries()})
            all.insert(all.end(), area.begin(), area.end());
        return all;
    }();
    return queries;
}

CommandSpec const* find_command(std::string_view name) {
    for (auto const& command : desk_commands())
        if (command.description->name == name) return &command;
    return nullptr;
}

QuerySpec const* find_query(std::string_view name) {
    for (auto const& query : desk_queries())
        if (query.name == name) return &query;
    return nullptr;
}

}  // namespace guanjia
