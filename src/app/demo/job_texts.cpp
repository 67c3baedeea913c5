#include "app/demo/job_texts.hpp"

namespace tenantry::app {

namespace {

constexpr Repair kRepairs[]{
    {"Leaking kitchen tap",
     "Mixer tap in the kitchen drips all the time. Washer was changed last year. Resident has put a bowl "
     "under it."},
    {"Leak under bathroom basin",
     "Water under the basin when it is used. The floor is getting soft near the pedestal."},
    {"Leak from flat above",
     "Water is coming through the living room ceiling near the light fitting. Light is switched off at the "
     "fuse board. The flat above does not answer."},
    {"Toilet does not flush",
     "Handle is loose and the cistern does not empty. It is the only toilet in the home."},
    {"Blocked sink", "Kitchen sink drains very slowly and smells. Resident has tried a plunger."},
    {"Blocked drain outside",
     "Manhole by the front path is overflowing after rain.\nThe neighbours have the same."},
    {"No hot water", "Boiler shows fault F28. No hot water since yesterday evening. Heating is off as well."},
    {"Boiler losing pressure",
     "Pressure drops to zero within two days of being filled. No leak to be seen at the radiators."},
    {"Radiator cold in bedroom",
     "Radiator in the small bedroom stays cold although it has been bled. There is a baby in the room."},
    {"No heating",
     "Communal heating does not reach the flat; radiators are cold in all rooms. Elderly resident, temporary "
     "heaters asked for."},
    {"Annual gas safety check", "Landlord gas safety record is due. Two earlier letters were sent."},
    {"Electrical inspection due", "Five-year inspection of the fixed wiring is due for this home."},
    {"Sockets not working",
     "All sockets in the kitchen are dead, the breaker trips when it is reset. Fridge is on an extension "
     "lead from the hall."},
    {"Light in hall flickers",
     "Light fitting in the hall flickers and buzzes. Bulb was changed, no difference."},
    {"Smoke alarm chirping",
     "Mains smoke alarm on the landing chirps every minute. Resident cannot reach it."},
    {"Extractor fan noisy",
     "Bathroom fan is very loud and hardly draws any air. There is condensation on the window."},
    {"Damp and mould in bedroom",
     "Black mould on the outside wall behind the wardrobe, about one metre wide, and on the window reveal. A "
     "child with asthma sleeps in the room.\nPhotos are with the contact centre."},
    {"Damp patch on ceiling",
     "Brown patch on the bedroom ceiling is growing. Top floor: the roof may be leaking."},
    {"Condensation between panes",
     "Double glazing in the living room has failed; it is misted between the panes."},
    {"Window does not close",
     "Kitchen window will not shut and lock. Ground floor, so it is a matter of security."},
    {"Front door does not lock",
     "Key turns but the lock does not catch. The door was forced last month and only made safe."},
    {"Entry phone not working",
     "Handset is silent; visitors cannot be let in. Others on the floor say theirs works."},
    {"Door closer broken", "Flat entrance door does not close by itself any more. It is a fire door."},
    {"Loose banister", "Banister on the stairs inside the maisonette comes away from the wall."},
    {"Kitchen cupboard door off", "Hinge of a wall cupboard has torn out of the chipboard."},
    {"Worktop swollen", "Worktop by the sink is swollen and lifting, the edge is sharp."},
    {"Floor tiles lifting",
     "Vinyl tiles in the hall are loose and a trip hazard. They may be old tiles: check the asbestos "
     "register before work."},
    {"Plaster falling in hall",
     "A piece of plaster about the size of a plate has come off the ceiling. More of it sounds hollow."},
    {"Gutter overflowing", "Gutter at the back is blocked with leaves, water runs down the wall."},
    {"Roof tile slipped", "A tile has slipped above the porch and hangs over the path."},
    {"Fence panel down", "Two fence panels blew down in the storm. Resident has a small dog."},
    {"Paving uneven", "Slab at the front gate has sunk. The resident uses a walking frame."},
    {"Mice in kitchen", "Droppings under the sink and behind the cooker. Seen twice this week."},
    {"Cockroaches reported", "Cockroaches in the kitchen and the bathroom. The block was treated in spring."},
    {"Grab rail wanted in bathroom",
     "Occupational therapist recommends two grab rails by the bath and a lower threshold."},
    {"Shower seat loose", "Wall-mounted seat moves when it is used. Installed as an adaptation."},
    {"Bath sealant perished", "Sealant round the bath has gone black and lets water behind the tiles."},
    {"Storage heater faulty", "Heater in the living room does not charge overnight."},
    {"Water pressure very low", "Shower is only a trickle since work on the riser last week."},
};

constexpr Repair kVoidWorks[]{
    {"Void works before letting",
     "Clear, clean and make safe; gas and electrical checks, new locks, redecorate the living room and the "
     "kitchen."},
    {"Void inspection",
     "Inspect after the keys were returned. Meter readings, photos and the list of works wanted."},
};

constexpr std::string_view kOfficers[]{
    "Grace Adeyemi", "Tom Whitlock",    "Sinéad O'Hara",  "Yusuf Demir",       "Rachel Feldman",
    "Kwesi Appiah",  "Marta Zielińska", "Delroy Francis", "Nusrat Jahan",      "Alan Pritchett",
    "Thu Trần",      "Joana Simões",    "Imran Miah",     "Siân Llewellyn",    "Hodan Farah",
    "Peter Ashdown", "Contact Centre",  "Repairs Desk",   "Out of Hours Desk",
};

constexpr std::string_view kFirst[]{
    "Reported by telephone. Resident asks for a morning visit.",
    "Reported through the online form, with two photos.",
    "Reported at the neighbourhood office. Appointment letter given by hand.",
    "Neighbour reported it first; resident confirmed on the telephone.",
    "Resident called again to ask when somebody is coming. Told: within the target time.",
    "Raised after the tenancy check. Officer has seen the fault.",
    "Resident needs an interpreter on the telephone; booked for the appointment.",
    "Asked which days suit: any weekday after school run, not Friday afternoon.",
    "Checked the asbestos register: nothing on this home.",
    "Passed to the contractor, who has accepted the order.",
};
constexpr std::string_view kMiddle[]{
    "Operative called, no answer. Card left.",
    "First visit done: made safe, part has to be ordered.",
    "Part is in stock from Tuesday. Resident told by text message.",
    "Appointment moved at the resident's wish.",
    "Surveyor has been and recommends a larger repair; quote awaited.",
    "Access needed through the flat above. Letter sent to the neighbours.",
    "Could not park near the block; operative arrived late, resident had to leave.",
    "Contractor asks for a second operative because of the ladder.",
    "Resident says it has become worse since the first visit.",
    "Dehumidifier delivered for the time being.",
    "Temporary heaters delivered.",
    "Scaffold is needed; licence applied for.",
};
constexpr std::string_view kLast[]{
    "Work done. Resident has signed on the operative's tablet.",
    "Work done, photos are with the order.",
    "Resident is satisfied.",
    "Checked by telephone a week later: all in order.",
    "Post-inspection passed.",
    "Work done; making good of the decoration is a separate order.",
    "Closed after three visits without access, as the policy says. Letter sent.",
    "Works as it should after the part was replaced. Old part taken away.",
};
constexpr std::string_view kFurther[]{
    "Please knock loudly, the bell does not work.",
    "Dog in the home, will be kept in the kitchen.",
    "Resident prefers text messages.",
    "Lift was out of order on the day.",
    "Call the resident half an hour before.",
    "No step-free access.",
    "Key is with the concierge.",
    "Resident works nights: not before noon.",
};

constexpr std::string_view kAccess[]{
    "Ring the bell twice, the first ring often fails",
    "Works nights: not before 2 in the afternoon",
    "Key is with the neighbour on the left",
    "Dog in the kitchen; rings back before the door is opened",
    "Please telephone half an hour before",
    "Code of the main door is with the caretaker",
    "Hard of hearing: knock at the window",
    "School run from 3 to 4, in at any other time",
};

}  // namespace

std::span<const Repair> repairs() {
    return kRepairs;
}
std::span<const Repair> void_works() {
    return kVoidWorks;
}
std::span<const std::string_view> access_details() {
    return kAccess;
}
std::span<const std::string_view> officers() {
    return kOfficers;
}
std::span<const std::string_view> first_notes() {
    return kFirst;
}
std::span<const std::string_view> middle_notes() {
    return kMiddle;
}
std::span<const std::string_view> last_notes() {
    return kLast;
}
std::span<const std::string_view> further_remarks() {
    return kFurther;
}

}  // namespace tenantry::app
