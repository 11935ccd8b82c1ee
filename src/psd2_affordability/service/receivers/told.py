"""Which reasons a receiver is told. What is not listed here stays with the person."""

from dataclasses import replace

from psd2_affordability.core.answer import Unknown
from psd2_affordability.core.reasons import Reason

#: Said as they are: they name no payee, no account and no kind of spending.
_TOLD = frozenset(
    {
        "ask.balance",
        "ask.care_allowance",
        "ask.rent_paid_by",
        "ask.claim",
        "ask.household_type",
        "ask.debt_scheme",
        "ask.income",
        "ask.joint_account",
        "ask.owed_elsewhere",
        "ask.partner_income",
        "ask.protection_used",
        "ask.rent_allowance",
        "ask.tax_to_pay",
        "ask.taxable_income",
        "ask.taxable_income_again",
        "ask.total_debt",
        "ask.what_changes",
        "ask.withheld",
        "ask.whole_income",
        "ask.working_adults",
        "balance.none",
        "balance.not_known",
        "credit.buffer_months",
        "credit.buy_now_pay_later",
        "credit.collectors",
        "credit.committed_share",
        "credit.data",
        "credit.debt_scheme",
        "credit.debt_not_weighed",
        "credit.existing_credit",
        "credit.gambling",
        "credit.household_unknown",
        "credit.income_stability",
        "credit.law.above_ceiling",
        "credit.law.before",
        "credit.law.directive",
        "credit.law.national_not_confirmed",
        "credit.missed_obligations",
        "credit.norm",
        "credit.obligation",
        "credit.overdraft_days",
        "credit.refer_to_person",
        "credit.returned_debits",
        "credit.room_after",
        "credit.room_left",
        "credit.within_norms",
        "history.none",
        "history.out_of_date",
        "history.short",
        "history.stale",
        "history.under_a_year",
        "expenses.no_fixed_costs",
        "expenses.none_seen",
        "expenses.too_short",
        "household.not_given",
        "income.none_seen",
        "income.stopped",
        "income.tax_not_seen",
        "income.too_short",
        "income.unlikely",
        "income.turnover",
        "income.vat_not_seen",
        "income.wage_seizure",
        "income.set_off",
        "income.allowance_set_off",
        "money.other_currency",
        "money.unknown",
        "plan.chance",
        "plan.history_too_short",
        "plan.no_balance",
        "plan.none_is_sure",
        "profile.allowances",
        "profile.ask_first",
        "profile.debt_help",
        "profile.in_scheme",
        "profile.no_room",
        "profile.room",
        "profile.room_not_sure",
        "profile.signs",
        "profile.small_room",
        "proposal.above_fair_share",
        "proposal.above_room",
        "proposal.fits",
        "proposal.household_decides",
        "proposal.not_sure",
        "proposal.spending_decides",
        "purpose.not_shown",
        "room.data_too_thin",
        "room.fair_share",
        "room.floor_is_an_interval",
        "room.household_decides",
        "room.into_scheme",
        "room.income_higher_than_told",
        "room.left_after_costs",
        "room.many_creditors",
        "room.no_income_seen",
        "room.none",
        "room.other_debts",
        "room.plan_floor_is_an_interval",
        "room.plan_floor_not_used",
        "room.rent_not_seen",
        "room.takes_too_long",
        "room.to_manager",
        "room.whole_income_decides",
        "scheme.not_known",
        "seizure.above_protected",
        "seizure.at_source",
        "seizure.below_protected",
        "seizure.claim_bounds",
        "seizure.claim_within_costs",
        "seizure.costs_added",
        "seizure.in_scheme",
        "seizure.joint_account",
        "seizure.money_managed",
        "seizure.no_balance",
        "seizure.other_accounts",
        "seizure.perhaps_in_scheme",
        "seizure.plan_pays",
        "seizure.protection_used",
        "seizure.sensitive_to_the_day",
        "seizure.several_banks",
        "seizure.short_history",
        "seizure.turns_above",
        "seizure.turns_below",
        "seizure.wage_seized",
        "seizure.wait",
    }
)
#: Said without the name or the number in it.
_SAID_AGAIN = {
    "accounts.missing": (
        "Money goes to or comes from an own account that is not shared.",
        "Er gaat geld naar een eigen rekening die niet is gedeeld. Of er komt geld vandaan.",
    ),
    "accounts.not_in_data": (
        "An account in the household file is not among the statements.",
        "Een rekening uit de gegevens van het huishouden zit niet bij de afschriften.",
    ),
    "accounts.silent": (
        "On one account nothing was booked for a long time.",
        "Op één rekening is al lang niets geboekt.",
    ),
    "ask.missing_accounts": (
        "Can the own account that is not shared be shared too, or its balance be told?",
        "Kan de eigen rekening die nog niet is gedeeld ook worden gedeeld? Of wat is het saldo daarvan?",
    ),
    "ask.paid_off": (
        "Is a debt paid off, or is there another agreement about it?",
        "Is een schuld afbetaald? Of is er iets anders over afgesproken?",
    ),
    "ask.arrears": (
        "Of what is owed and not paid: how much is still open, and is there an agreement about it?",
        "Hoeveel staat er nog open van wat niet is betaald? Is daar iets over afgesproken?",
    ),
    "ask.still_due": (
        "Is a cost that is not paid now still due, and who pays it?",
        "Loopt een rekening die nu niet wordt betaald nog door? Wie betaalt die?",
    ),
    "balance.not_proven": (
        "The bookings of an account do not add up to its balances. Ask for the whole statement.",
        "De betalingen op een rekening kloppen niet met het saldo. Vraag om het hele afschrift.",
    ),
    "income.administrator": (
        "Money goes through an administrator or budget manager; make agreements with them.",
        "Het geld loopt via een bewindvoerder of budgetbeheerder. Maak daar afspraken mee.",
    ),
    "income.ended": (
        "An income that came at regular times has stopped; it is not counted.",
        "Een inkomen dat op vaste tijden kwam, is gestopt. Dit telt niet mee.",
    ),
    "income.fell": (
        "The income fell, and counts as it is now. Ask what changed and for how long.",
        "Het inkomen is gedaald en telt zoals het nu is. Vraag wat er is veranderd en voor hoelang.",
    ),
    "income.late": (
        "An income that comes at regular times is late; only a good month counts it.",
        "Een inkomen dat op vaste tijden komt, is te laat. Dit telt alleen mee voor een goede maand.",
    ),
    "income.living_money": (
        "An administrator pays out living money; the income itself does not arrive here.",
        "Een bewindvoerder keert leefgeld uit. Het inkomen zelf komt hier niet binnen.",
    ),
    "income.new": (
        "An income has begun; it is taken as a month's income.",
        "Een inkomen is begonnen. Dit telt als inkomen voor een maand.",
    ),
    "income.new_beside": (
        "An income has begun while another is still expected; only a good month counts both.",
        "Een inkomen is begonnen terwijl een ander nog wordt verwacht. Alleen een goede maand telt beide.",
    ),
    "income.not_understood": (
        "Money comes in, but it is not known whether it is income.",
        "Er komt geld binnen, maar het is niet bekend of dat inkomen is.",
    ),
    "plan.none_holds": (
        "No plan holds as things are.",
        "Zoals het nu gaat, lukt geen enkele regeling.",
    ),
    "room.arrears_first": (
        "Not all that is owed was seen being paid. What is open of it comes first in a plan.",
        "Niet alle rekeningen zijn betaald, voor zover te zien is. Wat openstaat, gaat voor in een regeling.",
    ),
    "room.above_legal_floor": (
        "The law protects a part of the income each month; there is only room in what lies above it.",
        "De wet beschermt elke maand een deel van het inkomen. Alleen wat daarboven ligt, kan ruimte zijn.",
    ),
    "room.above_plan_floor": (
        "A plan leaves the household what the norm for plans protects; there is only room above that.",
        "De norm voor regelingen beschermt een deel van het inkomen. Alleen wat daarboven ligt, is ruimte.",
    ),
    "room.cost_decides": (
        "Whether there is room hangs on a cost that is not paid now. Ask that first.",
        "Of er ruimte is, hangt af van iets wat nu niet wordt betaald. Vraag dat eerst.",
    ),
    "room.cost_unpaid": (
        "A cost that is owed is not paid of late. It still counts: what is not paid is no room.",
        "Een rekening die doorloopt, is de laatste tijd niet betaald. Die telt toch mee.",
    ),
    "room.guess_decides": (
        "Whether there is room hangs on what some of the money is that comes in. Ask that first.",
        "Of er ruimte is, hangt af van een deel van het geld dat binnenkomt. Vraag eerst wat dat is.",
    ),
    "room.in_scheme": (
        "A debt scheme runs. No plan with one creditor fits beside it. Agree with who runs the scheme.",
        "Er loopt een schuldregeling. Maak geen regeling daarnaast. Maak afspraken met wie die uitvoert.",
    ),
    "room.money_managed": (
        "An administrator or budget manager keeps the money. Make no plan beside that: agree with them.",
        "Een bewindvoerder of budgetbeheerder beheert het geld. Maak alleen met hen afspraken.",
    ),
    "room.part_of_income_seen": (
        "Less income is seen than anybody lives on, so it may be a part. Ask what the whole income is.",
        "Er is zo weinig inkomen te zien dat het misschien een deel is. Vraag wat het hele inkomen is.",
    ),
    "room.perhaps_in_scheme": (
        "Perhaps a debt scheme runs, and no plan fits beside one. Ask that first.",
        "Misschien loopt er een schuldregeling. Daarnaast past geen andere regeling. Vraag dat eerst.",
    ),
    "room.partner_unseen": (
        "With what can be seen no plan fits, but something must be asked first.",
        "Met wat nu te zien is, past er geen betalingsregeling. Maar er is eerst nog een vraag.",
    ),
    "seizure.owed_elsewhere": (
        "Something that is owed was not seen being paid, and the balance may be meant for it. Ask first.",
        "Een rekening lijkt niet betaald en het saldo kan daarvoor zijn. Vraag dit eerst.",
    ),
    "seizure.part_owed_elsewhere": (
        "Something owed was not seen being paid. Leave the part of the balance that may be meant for it.",
        "Een rekening lijkt niet betaald. Laat het deel van het saldo staan dat daarvoor kan zijn.",
    ),
    "seizure.partner": (
        "An account may be held with somebody else; a seizure then hits that money too.",
        "Een rekening kan ook van iemand anders zijn. Beslag treft dan ook dat geld.",
    ),
    "plan.lives_below_zero": (
        "The account is below zero in a usual month already; a plan holds here when it goes no lower.",
        "De rekening staat in een gewone maand al onder nul. Een regeling lukt als het niet lager wordt.",
    ),
}
#: Not for a receiver: it tells how somebody lives, and the answer does not need it.
WITHHELD = frozenset(
    {
        "amounts.unlikely",
        "expenses.can_wait",
        "expenses.cost_unpaid",
        "expenses.rent_not_seen",
        "costs.not_seen",
        "expenses.deposit",
        "expenses.gambling",
        "expenses.joint",
        "expenses.large_once",
        "expenses.no_premium",
        "expenses.not_paid",
        "expenses.paid_back",
        "expenses.returned",
        "ask.guessed_income",
        "income.before_seizure",
        "income.cash",
        "income.guessed",
        "income.joint",
        "income.large_once",
        "income.lowered_by_advance",
        "income.one_off",
        "income.other_currency",
        "income.own_business",
        "income.paid_ahead",
        "income.private",
        "income.still_due",
        "income.turnover_untaxed",
        "income.unexplained",
        "income.vat_unpaid",
        "money.cash",
        "money.elsewhere",
        "plan.if_careful",
        "turn.can_wait",
    }
)
#: Why a room cannot be told may tell how somebody lives: only that it cannot be told is said.
_ROOM = "room."
#: What would turn an answer: an amount or what an indicator must reach, told but for what is withheld.
_TURN = "turn."
_TOO_LITTLE = (
    "The room cannot be told: the data show too little of the income or the costs.",
    "Hoeveel ruimte er is, is nog niet te zeggen. Er is te weinig te zien van het inkomen of de kosten.",
)
_NO_FIGURE = Unknown("purpose.no_figure", "The data do not show enough for a figure.")


def told(reason: Reason) -> Reason | None:
    """Return a reason as a receiver is told it, or None.

    >>> told(Reason("income.ended", "€2,000 from Acme has stopped.", "€ 2.000 van Acme is gestopt.")).says
    'An income that came at regular times has stopped; it is not counted.'
    >>> told(Reason("not.decided", "Secret.", "Geheim.")) is None
    True
    """
    if reason.code in _TOLD or (reason.code.startswith(_TURN) and reason.code not in WITHHELD):
        return reason
    words = _SAID_AGAIN.get(reason.code) or (_TOO_LITTLE if reason.code.startswith(_ROOM) else None)
    return words and replace(reason, says=words[0], says_nl=words[1])


def told_unknown(missing: Unknown) -> Unknown:
    """Return why there is no figure, as a receiver is told it.

    >>> told_unknown(Unknown("income.living_money", "Only living money from Acme arrives.")).because
    'The data do not show enough for a figure.'
    """
    return missing if missing.code in _TOLD else _NO_FIGURE
