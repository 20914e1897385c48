"""Asking for one asset: a provider at a time, for as long as the rules want to know more."""

from collections.abc import Mapping

from app.poster.choosing.asking import next_question
from app.poster.choosing.deciding import decide
from app.poster.choosing.rules import Rules
from app.poster.providers.provider import Provider
from app.poster.records.candidate import ProviderAnswer, ProviderName, Question
from app.poster.records.decision import Decision
from app.poster.records.wanted import WantedAsset


def search(
    providers: Mapping[ProviderName, Provider],
    wanted: WantedAsset,
    rules: Rules,
    rejected: Mapping[str, str],
) -> Decision:
    """The decision for the asset; `rejected` are addresses of candidates that turned out to be of no use."""
    answers: list[ProviderAnswer] = []
    while (question := next_question(wanted, rules, answers, rejected)) is not None:
        answers.append(ask_provider(providers, wanted, question))
    return decide(wanted, rules, answers, rejected)


def own_files(providers: Mapping[ProviderName, Provider], wanted: WantedAsset) -> list[ProviderAnswer]:
    """What lies in the folder of manual files for the asset, which is looked at in every run."""
    questions = (Question(name, wanted.kind) for name in (ProviderName.MANUAL, ProviderName.TEMPLATE))
    return [ask_provider(providers, wanted, question) for question in questions]


def ask_provider(
    providers: Mapping[ProviderName, Provider], wanted: WantedAsset, question: Question
) -> ProviderAnswer:
    provider = providers.get(question.provider)
    if provider is None:
        return ProviderAnswer(question, trouble=f"{question.provider.value} is not configured")
    return provider.ask(wanted, question)
