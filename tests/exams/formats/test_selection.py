"""Choosing items: for any seed the blueprint is met where it can be met, and otherwise what is missing is named."""

from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from exams.formats.selection import Candidate, Cell, select

DIFFICULTIES = ["easy", "medium", "hard"]
TYPES = ["single_choice", "matching"]

candidates = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from(DIFFICULTIES),
        st.sampled_from(TYPES),
        st.sampled_from([None, None, "passage", "exhibit"]),
    ),
    max_size=14,
).map(
    lambda rows: [
        Candidate(id=number, order=f"{number:03d}", domain=domain, difficulty=difficulty, type=kind, stimulus=stimulus)
        for number, (domain, difficulty, kind, stimulus) in enumerate(rows)
    ]
)
overlapping_cells = st.lists(
    st.builds(
        Cell,
        section=st.integers(0, 1),
        domain=st.sampled_from("AB"),
        difficulty=st.sampled_from(["", *DIFFICULTIES]),
        type=st.sampled_from(["", *TYPES]),
        count=st.integers(1, 4),
    ),
    min_size=1,
    max_size=5,
)
seeds = st.integers(0, 2**31 - 1)


def missing_at_best(cells, pool):
    """How many places stay empty whatever is chosen: the deficiency of the matching (Hall 1935, Ore 1955)."""
    subsets = chain.from_iterable(combinations(cells, size) for size in range(1, len(cells) + 1))
    return max(
        0,
        *(
            sum(cell.count for cell in subset)
            - sum(1 for candidate in pool if any(cell.admits(candidate) for cell in subset))
            for subset in subsets
        ),
    )


def a_candidate(number, *, domain="A", difficulty="easy", kind="single_choice", stimulus=None):
    return Candidate(
        id=number, order=f"{number:03d}", domain=domain, difficulty=difficulty, type=kind, stimulus=stimulus
    )


def a_cell(count, *, section=0, domain="A", difficulty="", kind=""):
    return Cell(section=section, domain=domain, difficulty=difficulty, type=kind, count=count)


@settings(max_examples=300)
@given(cells=overlapping_cells, pool=candidates, seed=seeds)
def test_cells_are_filled_as_far_as_any_choice_could_fill_them(cells, pool, seed):
    chosen = select(cells=cells, pool=pool, sections=2, seed=seed)

    everything = [candidate.id for section in chosen.sections for candidate in section]
    assert len(everything) == len(set(everything)), "no item twice"
    assert sum(chosen.shortfalls.values()) == missing_at_best(cells, pool)
    for number, section in enumerate(chosen.sections):
        left = [
            a_cell(count, section=number, domain=cell.domain, difficulty=cell.difficulty, kind=cell.type)
            for index, cell in enumerate(cells)
            if cell.section == number and (count := cell.count - chosen.shortfalls.get(index, 0))
        ]
        assert len(section) == sum(cell.count for cell in left)
        assert not left or missing_at_best(left, section) == 0, "what was chosen fits the cells of its section"


@settings(max_examples=100)
@given(
    counts=st.dictionaries(
        st.tuples(st.sampled_from("AB"), st.sampled_from(DIFFICULTIES), st.sampled_from(TYPES)),
        st.integers(1, 4),
        min_size=1,
    ),
    spare=st.integers(0, 3),
    seed=seeds,
)
def test_form_has_exactly_what_each_cell_asks_for(counts, spare, seed):
    pool = [
        a_candidate(100 * row + number, domain=domain, difficulty=difficulty, kind=kind)
        for row, ((domain, difficulty, kind), count) in enumerate(counts.items())
        for number in range(count + spare)
    ]
    cells = [
        a_cell(count, domain=domain, difficulty=difficulty, kind=kind)
        for (domain, difficulty, kind), count in counts.items()
    ]
    chosen = select(cells=cells, pool=pool, sections=1, seed=seed)
    assert not chosen.shortfalls
    for (domain, difficulty, kind), count in counts.items():
        fitting = [
            candidate
            for candidate in chosen.sections[0]
            if (candidate.domain, candidate.difficulty, candidate.type) == (domain, difficulty, kind)
        ]
        assert len(fitting) == count


@settings(max_examples=100)
@given(cells=overlapping_cells, pool=candidates, seed=seeds, data=st.data())
def test_same_seed_gives_the_same_form_however_the_pool_is_read(cells, pool, seed, data):
    shuffled = data.draw(st.permutations(pool))
    first = select(cells=cells, pool=pool, sections=2, seed=seed)
    assert select(cells=cells, pool=pool, sections=2, seed=seed) == first
    assert select(cells=cells, pool=shuffled, sections=2, seed=seed) == first


@settings(max_examples=100)
@given(cells=overlapping_cells, pool=candidates, seed=seeds)
def test_items_of_one_stimulus_stand_together_in_their_order(cells, pool, seed):
    for section in select(cells=cells, pool=pool, sections=2, seed=seed).sections:
        for stimulus in ("passage", "exhibit"):
            places = [index for index, candidate in enumerate(section) if candidate.stimulus == stimulus]
            assert places == list(range(places[0], places[0] + len(places))) if places else True
            orders = [section[index].order for index in places]
            assert orders == sorted(orders)


def test_other_seeds_draw_other_forms():
    pool = [a_candidate(number) for number in range(40)]
    drawn = {
        tuple(candidate.id for candidate in select(cells=[a_cell(10)], pool=pool, sections=1, seed=seed).sections[0])
        for seed in range(20)
    }
    assert len(drawn) == 20


def test_a_cell_that_takes_anything_leaves_the_rare_items_to_the_cell_that_needs_them():
    pool = [a_candidate(0, difficulty="hard"), a_candidate(1), a_candidate(2)]
    for seed in range(50):
        chosen = select(cells=[a_cell(2), a_cell(1, section=1, difficulty="hard")], pool=pool, sections=2, seed=seed)
        assert not chosen.shortfalls
        assert [candidate.id for candidate in chosen.sections[1]] == [0]


def test_shortfalls_name_the_cell_and_how_many_it_lacks():
    pool = [a_candidate(0), a_candidate(1), a_candidate(2, domain="B")]
    chosen = select(cells=[a_cell(2), a_cell(4, domain="B"), a_cell(1, domain="C")], pool=pool, sections=1, seed=1)
    assert chosen.shortfalls == {1: 3, 2: 1}


def test_a_section_that_asks_for_nothing_stays_empty():
    chosen = select(cells=[a_cell(1)], pool=[a_candidate(0)], sections=3, seed=1)
    assert [len(section) for section in chosen.sections] == [1, 0, 0]


def test_a_large_bank_with_overlapping_cells_is_solved_quickly():
    pool = [a_candidate(number, difficulty=DIFFICULTIES[number % 3], kind=TYPES[number % 2]) for number in range(600)]
    cells = [a_cell(150), a_cell(100, difficulty="hard"), a_cell(150, kind="matching"), a_cell(200)]
    chosen = select(cells=cells, pool=pool, sections=1, seed=7)
    assert not chosen.shortfalls
    assert len(chosen.sections[0]) == 600
