//! English words of the sample pages.

use model::TopicKind;

use super::words::Words;

pub(super) const WORDS: Words = Words {
    site: "The Harbour Courier",
    tagline: "Independent reporting from both shores",
    sections: ["Politics", "World", "War", "Economy", "Society", "Culture", "Opinion"],
    pages: ["About us", "Privacy policy", "Contact"],
    bylines: ["Nina Aldarova", "Tomas Reka", "The Courier desk"],
    topics: [
        (TopicKind::Place, "Wonsan"),
        (TopicKind::Person, "Sergei Lavrov"),
        (TopicKind::Person, "Choe Son Hui"),
        (TopicKind::Organisation, "Security Council"),
        (TopicKind::Theme, "Mutual-defence treaty"),
        (TopicKind::Place, "Kursk region"),
        (TopicKind::Theme, "Foreign labour"),
    ],
    stories: &[
        (
            "Russia’s foreign minister lands in Wonsan for three days of talks",
            "The visit to the coastal city, announced only this week, is the latest in a string of trips that have tied two isolated governments ever closer.",
            1,
        ),
        (
            "Builders and deminers: what Pyongyang has promised to send next",
            "Six thousand workers are due in the border region by autumn. Nobody has said under which law they will work.",
            2,
        ),
        (
            "Inflation cools, but not at the till",
            "Official figures show a third quiet month; shoppers in five cities disagree.",
            3,
        ),
        (
            "The court that meets at night",
            "Hearings after dark have doubled since spring. Lawyers say that is the point.",
            0,
        ),
        ("Last ferry of the season leaves without its passengers", "", 4),
        ("A treaty signed in June, read again in winter", "", 1),
        ("Grain harvest to fall short for a second year", "", 3),
        ("Teachers in the north are asked to sign again", "", 4),
        (
            "The archive in the attic: how a family saved 40,000 negatives",
            "A photographer’s grandchildren found the boxes on the day the roof came off.",
            5,
        ),
        (
            "Parliament passes the border bill in nine minutes",
            "Nobody spoke against it. Eleven members had left the chamber before the vote.",
            0,
        ),
        ("Why the rouble’s calm is not good news", "A steady rate can mean that few are left who trade.", 3),
        (
            "What the shelling left of a river town, in twelve doors",
            "We walked one street from end to end and knocked at every house that still has a door.",
            2,
        ),
        ("Opinion: Nobody is coming to explain the forms to you", "", 6),
        (
            "A choir rehearses in three time zones",
            "Its members left in three directions; on Thursdays they sing together.",
            5,
        ),
        ("Port workers win back their Sundays", "", 4),
        ("Neighbours agree on a common rail gauge after 104 years", "", 1),
    ],
    about: "A port on the east coast, with an airfield, a beach resort opened this summer, and a guest house where treaties are talked about.",
    paragraphs: [
        "Russia’s foreign minister arrived in Wonsan on Friday for a working visit that is to last until Sunday. State news agency TASS reported the landing; a delegation met him at the airfield of the coastal city.",
        "He is to meet his counterpart, Choe Son Hui. Both countries’ state media had announced the visit earlier in the week, without an agenda.",
        "The trip follows repeated visits by the secretary of the Security Council, the last of them a month ago. Each ended with an announcement that went further than the one before.",
        "The two governments signed a mutual-defence treaty last year. Troops were sent to the Kursk region soon after; Pyongyang confirmed it only in April, when the fighting there was nearly over.",
        "Shells for the Russian army came first. Builders and deminers have been announced since, to work in towns that the fighting left empty.",
        "People who follow the traffic between the two ports say that the number of ships has not changed, but that they lie deeper in the water on the way west.",
        "What is offered in return is less clear. Satellite pictures show work on two airfields; grain and fuel are sold at prices that neither side publishes.",
        "The minister is expected to fly on to a meeting of the region’s foreign ministers next week.",
    ],
    heading: "From shells to builders",
    quote: [
        "We came to continue what was begun. The rest you will read in the communiqué.",
        "A member of the delegation, on landing",
    ],
    pull: "Each visit ended with an announcement that went further than the one before",
    so_far: [
        "June 2024: The treaty is signed in Pyongyang.",
        "April 2025: Pyongyang confirms that it sent troops to the Kursk region.",
        "June 2025: The Security Council’s secretary comes for the third time in three months.",
    ],
    caption: "The airfield of Wonsan, a day before the minister’s landing.",
    credit: "Ilya Brandt / The Harbour Courier",
    alt: "A wide airfield by the sea at dawn, with one aircraft near a low terminal",
    sources: [
        ("TASS", "the landing, Friday morning"),
        ("KCNA", "the announcement of the visit"),
        ("Two people close to the talks", "the agenda; they asked not to be named"),
    ],
    correction: "An earlier version said that the treaty was signed in July. It was signed in June.",
    table: ["Month", "Ships", "Tonnes", "April", "May", "June", "Ships between the two ports"],
    contact: "desk@example.org",
};
