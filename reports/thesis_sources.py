"""What is published for and against each of the five claims."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sources:
    """The main source on each side of a claim, in a sentence that says how good it is."""

    speaks_for: str
    speaks_against: str


SOURCES = {
    1: Sources(
        "Fudge & Lodish (1977), Interfaces 8(1): planning the same time better brought 8.1% more "
        "sales in six months against matched controls. One field experiment, on planning alone.",
        "No study that we know prices a shared goal by itself. The hours of coordination and the "
        "extra leak are judgement; their default ranges begin at zero.",
    ),
    2: Sources(
        "Albers, Mantrala & Sridhar (2010), Journal of Marketing Research 47(5): 1% more personal "
        "selling goes with 0.31% more sales, over 506 estimates. Good, though much of it is about "
        "pharmaceutical detailing.",
        "David Brock, “Freeing Up Time To Sell Is BS”, Partners in Excellence blog: argues against "
        "the view that customers, rather than administration, cap the time for selling. A "
        "practitioner’s opinion.",
    ),
    3: Sources(
        "McKinsey, “Freeing up the sales force for selling” (2011): 15% more selling time and a "
        "20% shorter internal cycle after a redesign of two years. Medium: the adviser’s own case.",
        "Bush, Moore & Rocco (2005), Industrial Marketing Management 34(4): failure of 55% to 80% "
        "of sales-force automation is reported. Humlum & Vestergaard (2025): users of AI "
        "assistants report 2.8% of their hours saved. Medium and good.",
    ),
    4: Sources(
        "Zylo, SaaS Management Index (2024): about half of paid licences are unused. Medium: a "
        "vendor. McKinsey & University of Oxford (2012): large IT projects bring 56% less value "
        "than predicted.",
        "Speier & Venkatesh (2002), Journal of Marketing 66(3): 454 salespeople liked a tool after "
        "training and largely rejected it six months later, so that training alone did not do. "
        "How much other preparation adds is judgement; its default range begins at zero.",
    ),
    5: Sources(
        "Fudge & Lodish (1977), Interfaces 8(1): the same selling time, better allocated, brought "
        "8.1% more sales in six months. Medium: one field experiment.",
        "Albers, Mantrala & Sridhar (2010): the effect of selling is measured over 75 articles. "
        "What account work adds is judgement, set so that the model takes no side.",
    ),
}
