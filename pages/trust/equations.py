"""The equations of the model in the order they are computed, in words and as formulas."""

import pandas as pd
import streamlit as st

import session
from components.worksheet import Formula, formulas, worksheet_css
from simulation.defaults import defaults

# Headings are those of docs/model.md, and so are numbers and symbols.
EQUATIONS: dict[str, tuple[Formula, ...]] = {
    "Before the first month": (
        Formula(
            "",
            "Where it starts.",
            "Bookings of today are seats times bookings a seat; from them, the win rate and the "
            "mean deal follow the new opportunities that must have come in.",
            "bookings_0 = book_seat × N\nn0 = bookings_0 / (win0 × acv0)",
        ),
        Formula(
            "4",
            "Fit.",
            "The share of a tool's use that lasts. Preparation raises it, luck moves it; it is "
            "drawn once for each tactic and future.",
            "φ = 1 / (1 + exp(−(fit0 + fit_prep × preparation + fit_sd × z)))",
        ),
        Formula(
            "5",
            "Adoption.",
            "Users join slowly, then fast, then slowly again (F, after Bass). What does not fit "
            "is given up with time, e months after go-live.",
            "F = (1 − exp(−(p_bass + q_bass) e)) / (1 + q_bass / p_bass × "
            "exp(−(p_bass + q_bass) e))\n"
            "a = adopt × F × (φ + (1 − φ) × exp(−lam_ab × e))",
        ),
    ),
    "Work and who does it": (
        Formula(
            "1",
            "Volume.",
            "Part of the administrative work grows with the number of open opportunities, P.",
            "v = (1 − nu) + nu × P / P_0\nrep work W = N_f0 × H × b × v\n"
            "operations work W_O = N_O × H × tau_O × o × v",
        ),
        Formula(
            "2",
            "Takeover.",
            "What a tactic takes of a row is its promise times what is really used. Tactics on "
            "one row overlap instead of adding up.",
            "x = moves × min(a × m_scale, 1)\nsystems take 1 − (1 − x₁)(1 − x₂)…\n"
            "operations take the same of what is left",
        ),
        Formula(
            "3",
            "Rework.",
            "A badly fitting system hands work back to whoever held it.",
            "returned share = mean of rework × (1 − φ), weighed by x",
        ),
        Formula(
            "6",
            "Operations.",
            "Their load is own work left, its rework, work handed over and upkeep. What exceeds "
            "their time returns to reps; what they save becomes strategic work as far as planned.",
            "load = own + rework + handed over + upkeep\n"
            "overflow = max(load − N_O × H × (tau_O + flex_O), 0)\n"
            "strategic = N_O × H × sigma_O + plan_quality × max(N_O × H × tau_O − load, 0)",
        ),
    ),
    "The rep's month": (
        Formula(
            "7",
            "Administration.",
            "Work kept, rework and overflow, plus training in the month of go-live, plus "
            "coordination for each pair of live tactics that share no goal.",
            "Adm = kept + rework + overflow + N_f × (training + coord × pairs)",
        ),
        Formula(
            "8",
            "Freed hours.",
            "What administration takes less than in the week of today. Part of it leaks into "
            "slack, more if nobody planned its use. If hours are lost instead, selling, account "
            "work, coaching and slack lose in proportion. Where plan_quality is a range, every "
            "future draws its own.",
            "D = N_f × H × b_admin − Adm\n"
            "leak* = 1 − (1 − leak) × (1 − leak_unplanned × (1 − plan_quality))",
        ),
        Formula(
            "9",
            "Hours and effort.",
            "Every hour has exactly one use. Selling effort weighs hours by how productive the "
            "heads are, compared with before. Shares that are ranges are drawn in every future "
            "and scaled so that its three uses make 1.",
            "selling = N_f × H × b_S + (1 − leak*) × share × D\n"
            "x = selling / (N_f0 × H × b_S) × productivity / productivity_0",
        ),
    ),
    "Buyers": (
        Formula(
            "10",
            "Contact.",
            "The time both sides really spend: close to the smaller of what sellers offer and "
            "what buyers grant.",
            "K(x, B) = x u B / ((x u)^k + B^k)^(1/k)\n"
            "B = Q^eta_B × (1 − theta)^(t/12) × (1 + attention × a)…",
        ),
        Formula(
            "11",
            "Elasticity to contact.",
            "Set so that today 1% more selling hours brings as many more opportunities as the "
            "assumption says, and never more than in proportion.",
            "e0 = min(eps × (1 + u^k) / (1 − base), 1)",
        ),
        Formula(
            "12",
            "Response.",
            "Some opportunities come without selling; the others follow contact. M is the swing "
            "of demand (15), s_n the month's season at its strength k_s.",
            "R = base + (1 − base) × (K(x, B) / K(1, 1))^e0\n"
            "s_n = max(f_n + (k_s − 1) × (f_n − 1), 0)\n"
            "n = n0 × R × M × s_n × (1 + g_n)^((t − 1)/12)",
        ),
    ),
    "Winning": (
        Formula(
            "13",
            "Slow stocks.",
            "Account work and skill build up and fade over months. They raise the odds of "
            "winning, the mean deal and the time buyers grant. s_w is the month's season, at "
            "the same strength as s_n.",
            "Q' = (1 − delta_Q) × Q + delta_Q × (A + omega_O × A_O) / (the same today)\n"
            "Z' = (1 − delta_Z) × Z + delta_Z × C / (the same today)\n"
            "odds = win0 / (1 − win0) × Q^eta_w × Z^eta_z × exp(win × a + …)\n"
            "win rate = min(odds / (1 + odds) × s_w, 1)\n"
            "deal = acv0 × Q^eta_v × (1 + deal × a)… × (1 + g_v)^((t − 1)/12)\n"
            "cycle = cycle0 × (1 − cycle × a)…",
        ),
        Formula(
            "14",
            "Pipeline.",
            "Opportunities pass three stages in quarters of a month; at each, some are lost.",
            "moves on: min(1, 3 / (4 × cycle))\npasses: ∛(win rate)\n"
            "wins = what passes the third stage",
        ),
        Formula(
            "15",
            "Luck.",
            "Demand swings around its mean and the swings last a while. Few deals of different "
            "size make bookings uneven; L is the number of deals to be expected.",
            "level' = rho_m × level + √(1 − rho_m²) × z,  M = exp(sig_m × level − sig_m² / 2)\n"
            "κ = L / (1 + cv²)\n"
            "bookings = L × deal × max(1 − 1 / (9 κ) + z / (3 √κ), 0)³",
        ),
    ),
    "People": (
        Formula(
            "16",
            "Turnover.",
            "Reps leave and vacant seats fill. New reps pass three stages at a sixth, a half and "
            "five sixths of full productivity. Tools that fit badly drive people away. Where N "
            "becomes N', E of the filled seats are due to it. Where N' is a range, every future "
            "draws whole seats of its own.",
            "h0 = 1 − (1 − attr)^(1/12)\n"
            "h = 1 − (1 − h0)^exp(zeta × a × (phi_ref − φ) + …)\n"
            "filled in a month: vacant / hire_lag,  moving up: 3 / ramp\n"
            "E' = E − h × E + min(1 / hire_lag, 1) × (N' − N − E)",
        ),
    ),
    "Money": (
        Formula(
            "17",
            "Cost.",
            "Seats are paid from the start of a tactic, not from its go-live. A one-off cost "
            "overruns where the fit is poor. Shelfware pays for seats nobody uses.",
            "cost = seats × price + fixed + one-off × (1 + overrun × (1 − φ)) + E × pay\n"
            "shelfware = seats × price × (1 − a)",
        ),
        Formula(
            "18",
            "Value.",
            "A booking becomes revenue over months. Net benefit is margin less commission less "
            "cost, each against the same future without tactics.",
            "revenue = bookings in equal parts over rec_months\n"
            "net = margin × extra revenue − commission × extra bookings − extra cost\n"
            "NPV = sum of net / (1 + disc)^(t/12)",
        ),
    ),
}


def symbols() -> pd.DataFrame:
    """Return the symbol of each assumption with its label and unit."""
    known = defaults().assumptions.values()
    return pd.DataFrame(
        {
            "Symbol": [each.symbol for each in known],
            "Assumption": [each.label for each in known],
            "Unit": [each.unit for each in known],
        }
    )


def equations() -> None:
    """Draw all equations."""
    st.caption(
        "Computed month by month, in this order, for all futures at once. N, N_O and H are seats, "
        "people in operations and hours a month; N_f is filled seats, 0 means before the plan, b "
        "are shares of the week and o of the operations team's tactical hours."
    )
    with st.expander("What the other names stand for"):
        st.dataframe(symbols(), hide_index=True, height="content", key="symbols")
    st.html(worksheet_css(session.palette()))
    for heading, rows in EQUATIONS.items():
        st.markdown(f"**{heading}**")
        st.html(formulas(rows))
