#include "core/desk/documents.h"

#include "core/service/forms.h"

namespace guanjia {

std::vector<FormInfo> desk_forms() {
    return {{complaint_form, "RV-4.1", sentence(Language::chinese, "form.complaint-record")},
            {visit_form, "RV-5", sentence(Language::chinese, "form.return-visit-record")}};
}

Result<std::string> print_form(Desk& desk, std::string_view form, std::string_view record) {
    return guarded([&]() -> Result<std::string> {
        if (form != complaint_form && form != visit_form)
            return refuse("form.unknown", {"form"}, {{"form", std::string{form}}});
        auto const id = desk.find_record(nullptr, record, "id");
        if (!id) return tl::unexpected{id.error()};
        // The paper is that of the centre where it happened, wherever it is printed.
        auto centre = desk.identity().centre_name;
        for (auto const& known : desk.journal().desks())
            if (known.incarnation == id->incarnation) centre = known.centre_name;
        FormHead const head{centre, desk.now(), desk.projection().rules().parameters()};
        auto const values = form == complaint_form ? complaint_values(desk.database(), head, Id<Ticket>{*id})
                                                   : visit_values(desk.database(), head, *id);
        if (!values) return tl::unexpected{values.error()};
        return fill_form(form, *values);
    });
}

}  // namespace guanjia
