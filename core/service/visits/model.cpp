#include "core/service/visits/model.h"

#include "core/service/model.h"

namespace guanjia {

namespace {

constexpr Field return_visit_fields[] = {
    GUANJIA_FIELD(ReturnVisit, 1, number, key | indexed),
    GUANJIA_FIELD(ReturnVisit, 2, ticket, indexed | subject),
    GUANJIA_FIELD(ReturnVisit, 3, method),
    GUANJIA_FIELD(ReturnVisit, 4, second_method),
    GUANJIA_FIELD(ReturnVisit, 5, satisfaction),
    GUANJIA_FIELD(ReturnVisit, 6, solved),
    GUANJIA_FIELD(ReturnVisit, 7, opinion, personal | long_text),
    GUANJIA_FIELD(ReturnVisit, 8, signer_name, personal),
    GUANJIA_FIELD(ReturnVisit, 9, signer_relation),
    GUANJIA_FIELD(ReturnVisit, 10, signature, personal | long_text),
    GUANJIA_FIELD(ReturnVisit, 11, signature_refused),
    GUANJIA_FIELD(ReturnVisit, 12, answers, long_text),
};
constexpr Field weekly_draw_fields[] = {
    GUANJIA_FIELD(WeeklyDraw, 1, number, key | indexed),
    GUANJIA_FIELD(WeeklyDraw, 2, week, indexed),
    GUANJIA_FIELD(WeeklyDraw, 3, seed),
    GUANJIA_FIELD(WeeklyDraw, 4, orders),
    GUANJIA_FIELD(WeeklyDraw, 5, wanted),
};
constexpr Field drawn_order_fields[] = {
    GUANJIA_FIELD(DrawnOrder, 1, ticket, indexed | subject),
    GUANJIA_FIELD(DrawnOrder, 2, draw, indexed),
    GUANJIA_FIELD(DrawnOrder, 3, week),
    GUANJIA_FIELD(DrawnOrder, 4, rank),
    GUANJIA_FIELD(DrawnOrder, 5, late),
};
constexpr Field draw_desk_fields[] = {
    GUANJIA_FIELD(DrawDesk, 1, letter),
};
constexpr Field visit_assignment_fields[] = {
    GUANJIA_FIELD(VisitAssignment, 1, ticket, indexed | subject),
    GUANJIA_FIELD(VisitAssignment, 2, assignee),
};
constexpr Field raised_opinion_fields[] = {
    GUANJIA_FIELD(RaisedOpinion, 1, ticket, indexed | subject),
    GUANJIA_FIELD(RaisedOpinion, 2, visit, indexed),
    GUANJIA_FIELD(RaisedOpinion, 3, kind),
    GUANJIA_FIELD(RaisedOpinion, 4, words, personal | long_text),
    GUANJIA_FIELD(RaisedOpinion, 5, settled, long_text),
    GUANJIA_FIELD(RaisedOpinion, 6, reply_due),
    GUANJIA_FIELD(RaisedOpinion, 7, departments),
    GUANJIA_FIELD(RaisedOpinion, 8, new_ticket),
};
constexpr Field opinion_notice_fields[] = {
    GUANJIA_FIELD(OpinionNotice, 1, ticket, indexed | subject),
    GUANJIA_FIELD(OpinionNotice, 2, opinion),
    GUANJIA_FIELD(OpinionNotice, 3, department),
};
constexpr Field opinion_reply_fields[] = {
    GUANJIA_FIELD(OpinionReply, 1, ticket, indexed | subject),
    GUANJIA_FIELD(OpinionReply, 2, opinion),
    GUANJIA_FIELD(OpinionReply, 3, reply, long_text),
};
constexpr Field inspected_visit_fields[] = {
    GUANJIA_FIELD(InspectedVisit, 1, ticket, indexed | subject),
    GUANJIA_FIELD(InspectedVisit, 2, visit, indexed),
    GUANJIA_FIELD(InspectedVisit, 3, passed),
    GUANJIA_FIELD(InspectedVisit, 4, remark, long_text),
};
constexpr Field visit_inspection_fields[] = {
    GUANJIA_FIELD(VisitInspection, 1, number, key | indexed),
    GUANJIA_FIELD(VisitInspection, 2, period, indexed),
    GUANJIA_FIELD(VisitInspection, 3, visits),
    GUANJIA_FIELD(VisitInspection, 4, inspected),
    GUANJIA_FIELD(VisitInspection, 5, failed),
    GUANJIA_FIELD(VisitInspection, 6, opinion, long_text),
};
constexpr Field visit_filing_fields[] = {
    GUANJIA_FIELD(VisitFiling, 1, month, indexed),
    GUANJIA_FIELD(VisitFiling, 2, visits),
};

constexpr Description const* descriptions[] = {
    &ReturnVisit::description,     &WeeklyDraw::description,      &DrawnOrder::description,
    &DrawDesk::description,        &VisitAssignment::description, &RaisedOpinion::description,
    &OpinionNotice::description,   &OpinionReply::description,    &InspectedVisit::description,
    &VisitInspection::description, &VisitFiling::description,
};

}  // namespace

constexpr Description ReturnVisit::description{52, "return_visit", return_visit_fields};
constexpr Description WeeklyDraw::description{53, "weekly_draw", weekly_draw_fields};
constexpr Description DrawnOrder::description{54, "drawn_order", drawn_order_fields};
constexpr Description DrawDesk::description{55, "draw_desk", draw_desk_fields};
constexpr Description VisitAssignment::description{56, "visit_assignment", visit_assignment_fields};
constexpr Description RaisedOpinion::description{57, "raised_opinion", raised_opinion_fields};
constexpr Description OpinionNotice::description{58, "opinion_notice", opinion_notice_fields};
constexpr Description OpinionReply::description{59, "opinion_reply", opinion_reply_fields};
constexpr Description InspectedVisit::description{60, "inspected_visit", inspected_visit_fields};
constexpr Description VisitInspection::description{61, "visit_inspection", visit_inspection_fields};
constexpr Description VisitFiling::description{62, "visit_filing", visit_filing_fields};

std::span<Description const* const> visit_descriptions() { return descriptions; }

}  // namespace guanjia
