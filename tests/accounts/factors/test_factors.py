"""Adding, proving and removing second factors."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.factors.actions import MOST_FACTORS, reset_factors
from accounts.factors.errors import ResetRefused, TooManyWrongCodes, WrongProof
from accounts.factors.models import Passkey, RecoveryCode
from accounts.factors.proving import prove_by_code
from accounts.factors.recovery import digest_of, new_code
from accounts.journal.models import JournalEntry
from accounts.mail.models import OutgoingMail
from accounts.models import User
from config.demo import DEMO_PASSWORD
from tests.accounts.factors.devices import (
    AUTHENTICATORS,
    PASSKEYS,
    STEP_UP,
    SoftKey,
    answer_with,
    code_of,
    enrol,
    register,
)
from tests.cast import Cast, Person, WatchedClient
from tests.factories.accounts import UserFactory

Api = Callable[[Person], WatchedClient]
FACTORS = "/api/v1/me/factors/"
ME = "/api/v1/me/"
SESSION = "/api/v1/session/"
LOGIN = "/_allauth/browser/v1/auth/login"


def kinds() -> list[str]:
    return [
        kind.removeprefix("accounts.") for kind in JournalEntry.objects.order_by("id").values_list("kind", flat=True)
    ]


def letters() -> list[str]:
    return list(OutgoingMail.objects.exclude(kind="new_sign_in").order_by("created_at").values_list("kind", flat=True))


def code_in(answer: object) -> str:
    return answer.json()["code"]  # type: ignore[attr-defined]


def later(**passed: int) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**passed))


# --- Authenticator apps -----------------------------------------------------------------------------------------------


def test_a_person_adds_an_authenticator_app(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    begun = client.post(AUTHENTICATORS, {"name": "Phone"}).json()
    assert begun["qr_svg"].startswith("<?xml")
    assert begun["secret"].replace(" ", "") in begun["url"]
    assert client.get(FACTORS).json()["authenticators"] == []
    device, codes = enrol(client)
    shown = client.get(FACTORS).json()
    assert [each["name"] for each in shown["authenticators"]] == ["Phone"]
    assert (shown["recovery_codes_left"], len(set(codes))) == (10, 10)
    assert client.get(SESSION).json()["second_factor"] == "proved"
    assert {"factor_added", "recovery_codes_made"} <= set(kinds())
    assert letters() == ["factor_added"]
    assert device.name == "Phone"


def test_a_wrong_first_code_adds_nothing(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    device = TOTPDevice.objects.get(pk=client.post(AUTHENTICATORS, {"name": "Phone"}).json()["id"])
    answer = client.post(f"{AUTHENTICATORS}{device.pk}/confirmation/", {"code": "000000"})
    assert (answer.status_code, code_in(answer)) == (400, "wrong_proof")
    assert client.get(SESSION).json()["second_factor"] == "none"
    assert "step_up_failed" in kinds()
    at_once = client.post(f"{AUTHENTICATORS}{device.pk}/confirmation/", {"code": code_of(device)})
    assert (at_once.status_code, code_in(at_once)) == (429, "too_many_wrong_codes")


def test_the_secret_and_the_codes_are_nowhere_in_journal_and_letters(cast: Cast, api: Api) -> None:
    device, codes = enrol(api(cast.harbour.learner))
    kept = str([*JournalEntry.objects.values_list("payload"), *OutgoingMail.objects.values_list("context")])
    assert device.key not in kept
    assert codes[0] not in kept
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_the_other_sessions_end_when_a_factor_is_added_or_removed(cast: Cast, api: Api) -> None:
    elsewhere, client = api(cast.harbour.learner), api(cast.harbour.learner)
    device, _ = enrol(client)
    assert elsewhere.get(ME).status_code == 401
    other = api(cast.harbour.learner)
    assert other.post(STEP_UP, {"code": code_of(device)}).status_code == 204
    assert client.delete(f"{AUTHENTICATORS}{device.pk}/").status_code == 204
    assert (client.get(ME).status_code, other.get(ME).status_code) == (200, 401)
    # Nor does the session from before the factor come back to life.
    assert elsewhere.get(ME).status_code == 401
    assert letters() == ["factor_added", "factor_removed"]
    assert not RecoveryCode.objects.exists()


def test_factors_are_renamed_and_there_are_not_too_many(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    device, _ = enrol(client)
    assert client.patch(f"{AUTHENTICATORS}{device.pk}/", {"name": "Old phone"}).json()["name"] == "Old phone"
    for _ in range(MOST_FACTORS - 1):
        TOTPDevice.objects.create(user=cast.harbour.learner.account, name="Further")
    assert code_in(client.post(AUTHENTICATORS, {"name": "One more"})) == "too_many_factors"


def test_a_code_counts_once_and_only_on_the_own_account(cast: Cast, api: Api) -> None:
    device, _ = enrol(api(cast.harbour.learner))
    code = code_of(device)
    first, second = api(cast.harbour.learner), api(cast.harbour.learner)
    assert first.post(STEP_UP, {"code": code}).status_code == 204
    assert code_in(second.post(STEP_UP, {"code": code})) == "wrong_proof"
    enrol(api(cast.harbour.owner))
    with later(minutes=2):
        assert api(cast.harbour.owner).post(STEP_UP, {"code": code_of(device)}).status_code == 400


def test_the_right_one_of_two_apps_is_found(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    enrol(client)
    second, _ = enrol(client)
    assert api(cast.harbour.learner).post(STEP_UP, {"code": code_of(second)}).status_code == 204
    assert not TOTPDevice.objects.exclude(throttling_failure_count=0).exists()


# --- Signing in -------------------------------------------------------------------------------------------------------


def test_the_password_alone_opens_nothing_once_there_is_a_factor(cast: Cast, api: Api) -> None:
    device, _ = enrol(api(cast.harbour.owner))
    client = api(cast.anonymous)
    client.post(LOGIN, {"email": cast.harbour.owner.account.email, "password": DEMO_PASSWORD})
    assert client.get(SESSION).json() == {"authenticated": True, "second_factor": "needed"}
    for path in (ME, "/api/v1/academies/harbour/", FACTORS):
        assert (client.get(path).status_code, code_in(client.get(path))) == (403, "second_factor_needed")
    assert code_in(client.post("/_allauth/browser/v1/account/password/change", {})) == "second_factor_needed"
    assert client.get("/media/anything").status_code == 403
    before = client.session.session_key
    assert client.get(STEP_UP).json() == {"methods": ["authenticator", "recovery_code"]}
    assert client.post(STEP_UP, {"code": code_of(device)}).status_code == 204
    assert client.get(SESSION).json()["second_factor"] == "proved"
    assert client.get(ME).status_code == 200
    assert client.session.session_key != before


def test_a_person_with_a_factor_does_not_prove_themselves_with_the_password(cast: Cast, api: Api) -> None:
    enrol(api(cast.harbour.learner))
    client = api(cast.harbour.learner)
    assert client.post(STEP_UP, {"password": DEMO_PASSWORD}).status_code == 400
    assert client.get(ME).status_code == 403


def test_an_ordinary_request_of_somebody_with_a_factor_costs_one_query_for_the_person(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    enrol(client)
    client.get(SESSION)
    with CaptureQueriesContext(connection) as queries:
        client.get(SESSION)
    assert len(queries) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": "123456", "password": "x"},
        {"code": ""},
        {"code": ["1"]},
        {"code": "x" * 65},
        {"passkey": "x"},
        {"passkey": {}},
        {"passkey": {"id": {"a": 1}, "response": []}},
        {"password": "x" * 129},
        {"other": 1},
        [],
    ],
)
def test_nonsense_proves_nothing(cast: Cast, api: Api, body: object) -> None:
    client = api(cast.harbour.learner)
    client.post(f"{STEP_UP}passkey-options/")
    assert client.post(STEP_UP, body).status_code == 400


# --- Recovery codes ---------------------------------------------------------------------------------------------------


def test_each_recovery_code_works_once_however_it_is_typed(cast: Cast, api: Api) -> None:
    _, codes = enrol(api(cast.harbour.learner))
    typed = codes[0].lower().replace("-", " ")
    assert api(cast.harbour.learner).post(STEP_UP, {"code": typed}).status_code == 204
    assert api(cast.harbour.learner).post(STEP_UP, {"code": codes[0]}).status_code == 400
    entry = JournalEntry.objects.get(kind="accounts.recovery_code_used")
    assert entry.payload["codes_left"] == 9


def test_a_letter_says_when_few_are_left_and_new_ones_replace_them(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    _, codes = enrol(client)
    for code in codes[:7]:
        assert client.post(STEP_UP, {"code": code}).status_code == 204
    assert letters() == ["factor_added", "recovery_codes_low"]
    fresh = client.post(f"{FACTORS}recovery-codes/").json()["recovery_codes"]
    assert len(fresh) == 10
    assert client.post(STEP_UP, {"code": codes[8]}).status_code == 400
    assert client.post(STEP_UP, {"code": fresh[0]}).status_code == 204


def a_recovery_code(user: User) -> str:
    code = new_code()
    RecoveryCode.objects.create(user=user, digest=digest_of(code))
    return code


def a_code_of_an_app(user: User) -> str:
    return code_of(TOTPDevice.objects.create(user=user, name="Phone"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code_for", [a_recovery_code, a_code_of_an_app])
def test_of_sixteen_who_send_the_same_code_at_once_one_gets_in(code_for: Callable[[User], str]) -> None:
    user = UserFactory(has_factor=True)
    code = code_for(user)

    def use(_: int) -> bool:
        try:
            prove_by_code(user=user, code=code, now=timezone.now())
        except (WrongProof, TooManyWrongCodes):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(use, range(16))) == 1
    assert JournalEntry.objects.filter(kind="accounts.factor_proved").count() == 1


# --- Passkeys ---------------------------------------------------------------------------------------------------------


def test_a_passkey_is_added_and_signs_in(cast: Cast, api: Api) -> None:
    client, key = api(cast.harbour.learner), SoftKey()
    answer = register(client, key)
    assert (answer.status_code, len(answer.json()["recovery_codes"])) == (201, 10)
    other = api(cast.harbour.learner)
    assert other.get(ME).status_code == 403
    assert answer_with(other, key).status_code == 204
    assert other.get(ME).status_code == 200
    passkey = Passkey.objects.get()
    assert (passkey.sign_count, passkey.transports) == (1, ["internal"])
    assert other.patch(f"{PASSKEYS}{passkey.pk}/", {"name": "Desk"}).json()["name"] == "Desk"
    assert other.delete(f"{PASSKEYS}{passkey.pk}/").status_code == 204
    assert other.get(SESSION).json()["second_factor"] == "none"


def test_a_passkey_answers_each_question_once(cast: Cast, api: Api) -> None:
    client, key = api(cast.harbour.learner), SoftKey()
    register(client, key)
    options = client.post(f"{STEP_UP}passkey-options/").json()["options"]
    answer = key.answer(options)
    assert client.post(STEP_UP, {"passkey": answer}).status_code == 204
    assert code_in(client.post(STEP_UP, {"passkey": answer})) == "passkey_refused"
    client.post(f"{STEP_UP}passkey-options/")
    assert code_in(client.post(STEP_UP, {"passkey": answer})) == "passkey_refused"


@pytest.mark.parametrize("key", [SoftKey(rp_id="evil.example"), SoftKey(origin="https://evil.example")])
def test_a_passkey_of_another_site_is_refused(cast: Cast, api: Api, key: SoftKey) -> None:
    client = api(cast.harbour.learner)
    assert code_in(register(client, key)) == "passkey_refused"
    assert not Passkey.objects.exists()


def test_a_copied_passkey_shows_by_its_count(cast: Cast, api: Api) -> None:
    client, key = api(cast.harbour.learner), SoftKey()
    register(client, key)
    for _ in range(3):
        assert answer_with(client, key).status_code == 204
    key.count = 1
    assert code_in(answer_with(client, key)) == "passkey_refused"


def test_a_question_gets_old_and_is_not_for_another_purpose(cast: Cast, api: Api) -> None:
    client, key = api(cast.harbour.learner), SoftKey()
    register(client, key)
    options = client.post(f"{STEP_UP}passkey-options/").json()["options"]
    with later(minutes=6):
        assert code_in(client.post(STEP_UP, {"passkey": key.answer(options)})) == "passkey_refused"
    options = client.post(f"{PASSKEYS}options/").json()["options"]
    assert code_in(client.post(STEP_UP, {"passkey": key.answer(options)})) == "passkey_refused"


def test_somebody_elses_passkey_proves_nothing(cast: Cast, api: Api) -> None:
    key = SoftKey()
    register(api(cast.harbour.owner), key)
    client = api(cast.harbour.learner)
    register(client, SoftKey())
    assert code_in(answer_with(client, key)) == "passkey_refused"
    assert code_in(register(client, key)) == "passkey_taken"


def test_passkeys_are_not_offered_under_a_number(cast: Cast, api: Api, settings: object) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"  # type: ignore[attr-defined]
    client = api(cast.harbour.learner)
    assert client.get(FACTORS).json()["are_passkeys_possible"] is False
    assert code_in(client.post(f"{PASSKEYS}options/")) == "passkeys_unavailable"


# --- Once more, before what is dangerous ------------------------------------------------------------------------------


def test_after_ten_minutes_a_dangerous_action_wants_the_password_again(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    with later(minutes=11):
        refused = client.post(AUTHENTICATORS, {"name": "Phone"})
        assert (refused.status_code, code_in(refused)) == (403, "step_up_required")
        assert refused.json()["methods"] == ["password"]
        assert client.post(STEP_UP, {"password": "not the password"}).status_code == 400
        assert client.post(AUTHENTICATORS, {"name": "Phone"}).status_code == 403
        assert client.post(STEP_UP, {"password": DEMO_PASSWORD}).status_code == 204
        assert client.post(AUTHENTICATORS, {"name": "Phone"}).status_code == 201
    assert "step_up_failed" in kinds()


def test_passwords_are_not_guessed_by_proving(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    for _ in range(5):
        client.post(STEP_UP, {"password": "not the password"})
    refused = client.post(STEP_UP, {"password": DEMO_PASSWORD})
    assert (refused.status_code, code_in(refused)) == (429, "locked_out")


def test_after_ten_minutes_who_has_a_factor_proves_it_again(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    device, codes = enrol(client)
    with later(minutes=11):
        refused = client.delete(f"{AUTHENTICATORS}{device.pk}/")
        assert refused.json()["methods"] == ["authenticator", "recovery_code"]
        assert client.get(ME).status_code == 200
        assert client.post(STEP_UP, {"code": codes[0]}).status_code == 204
        assert client.delete(f"{AUTHENTICATORS}{device.pk}/").status_code == 204


# --- Who must have one ------------------------------------------------------------------------------------------------


@pytest.fixture
def enforced(settings: object) -> None:
    settings.REQUIRE_SECOND_FACTOR = True  # type: ignore[attr-defined]


def test_owners_and_managers_manage_nothing_without_a_factor(cast: Cast, api: Api, enforced: None) -> None:
    members = "/api/v1/academies/harbour/members/"
    for person in (cast.harbour.owner, cast.harbour.manager):
        client = api(person)
        assert client.get(SESSION).json()["second_factor"] == "must_enrol"
        assert (client.get(members).status_code, code_in(client.get(members))) == (403, "second_factor_required")
        assert client.get("/api/v1/academies/harbour/").status_code == 200
        assert client.get(FACTORS).json()["is_required"] is True
        enrol(client)
        assert client.get(members).status_code == 200


def test_instructors_and_learners_need_none(cast: Cast, api: Api, enforced: None) -> None:
    assert api(cast.harbour.instructor).get("/api/v1/academies/harbour/members/").status_code == 200
    assert api(cast.harbour.learner).get("/api/v1/academies/harbour/assigned/").status_code == 200
    assert api(cast.harbour.learner).get(SESSION).json()["second_factor"] == "none"
    assert api(cast.staff).get(SESSION).json()["second_factor"] == "must_enrol"


# --- Lost factors -----------------------------------------------------------------------------------------------------


def reset(user: User, actor: User | None = None) -> None:
    reset_factors(user=user.pk, reason="Phone lost", actor=actor, now=timezone.now())


def test_support_resets_a_lost_factor_and_every_session_ends(cast: Cast, api: Api) -> None:
    client = api(cast.harbour.learner)
    enrol(client)
    user = cast.harbour.learner.account
    reset(user, cast.staff.account)
    assert client.get(ME).status_code == 401
    assert not RecoveryCode.objects.filter(user=user).exists()
    entry = JournalEntry.objects.get(kind="accounts.factor_reset")
    assert (entry.actor, entry.subject_id) == (cast.staff.account, str(user.pk))
    assert letters()[-1] == "factor_reset"
    again = api(cast.anonymous)
    again.post(LOGIN, {"email": user.email, "password": DEMO_PASSWORD})
    assert again.get(ME).status_code == 200


def test_nobody_resets_their_own_nor_a_superusers(cast: Cast, api: Api) -> None:
    boss, helper = cast.staff.account, UserFactory(is_staff=True)
    enrol(api(cast.staff))
    for actor in (boss, helper):
        with pytest.raises(ResetRefused):
            reset(boss, actor)
    reset(boss, UserFactory(is_staff=True, is_superuser=True))
