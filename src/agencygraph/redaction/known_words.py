"""Words that give nobody away: the vocabulary of the field, titles, months, and names that are ordinary words too."""

from __future__ import annotations

# People and places are never recognised by these, so no text loses them and nobody is warned of them.
_FIELD = """
a about academy act adoption adult adviser advisor after again agencies agency alcohol all also although am an analytical and
appendix april are area as assessment assistant at attendance august aunt authority baby be because been before behaviour boy
brother but by cafcass camhs care carer carers case cases centre champion chapter charity chief child childminder children
childs christmas clinic club co college common community conference consultant coordinator council counsellor counselling court
crown cousin cp county dad daughter day december deputy department did director do doctor dr drug duty early easter education
educational emergency english ehcp ewo ewos executive family father february figure final first for former foster friday
friend from further gcse general girl gp gps grandfather grandmother grandparent group guardian had half has he head health
help her him his home hospital host hostel housing how i if in independent infant integration interim is it january joint july
june junior justice key lac lead learning liaison link local london lsa ma macpt magistrates man manager manor march maternity
may medical meeting member mental mentor midwife minister monday mother mr mrs ms mum my national neighbour nephew network nhs
niece no not note november now nspcc nurse nursery october of office officer on one or other our out paediatrician parent
parental parents part partner partnership pe placement plan playgroup police practice practitioner practitioners
pre primary prison private probation project pru psychiatrist psychologist psychology public pupil referral refuge registered
relative residential respite reviewing road royal sac safeguarding saturday school schools second secondary secretary section
senco send sen senior september service services sex she sibling sister social solicitor some somebody someone son special
specialist speech ssd st staff state station step stepfather stepmother street student sunday support surgery tac taf teacher
team teams term that the their then there therapist therapy these they third this those thursday to trust tuesday twin uncle
unit university upper us victim visitor voluntary volunteer ward was we wednesday welfare well wellbeing were what when where
which who whose why wife will with woman women worker workers working year years yot young your youth yet
"""
_MORE = """
abuse access action allegation answer autumn bank british bill boys bulletin caseload chair chairs concern concerns contact core
credit edd phd thesis institute decision diary discussion england europe european evening exclusion file form girls good
government green guidance
holiday however inclusion initial internet key letter letters life likewise list map meanwhile morning mothers nobody nothing
only open options outreach panel parenting paper people phone post previously programme proposals protection question questions
record records referrals report reports request review risk room scotland seen sent several since soon source spring statement
statements statutory step still strategy summer sure table talk target telephone thing things three today told tomorrow
transition two under until urdu visit visits wales week weekend welsh white whole winter within without word yesterday
a&e adhd asd asbo bme cin cpn cv dfe dna dob dwp ed ehc ep eps eu ewss hv it law lado mash mat ofsted pc pip pupils sats sla sw
tb tv uk upn usa ybe yoi yots
"""
_ROLES = frozenset(_FIELD.split())
KNOWN = _ROLES | frozenset(_MORE.split())

# Names that are ordinary words as well: only where they begin with a capital do they stand for a person.
_NAMES = """
art amber april august autumn bill bob brown carol chase christian clay cook crystal daisy dale dawn dean drew earl eve faith
fern flora frank gale gene ginger glen grace grant green guy hazel heather holly hope hunt ivy jack jade jasmine jay jean jewel
joy june king lance lily long mark marsh mason may melody mercy miles miller nick olive page pat patience paul pearl penny peg poppy
price ray rich rob robin rock rose ruby rusty sandy savannah sky skip star stone sue summer taylor ted tom trinity victor violet
wade ward wayne west white will wood woods young bell bishop black cross day fisher fox gray hall hill lake land lane little north
parish porter potter power rain river rivers sharp short south sweet swift walker waters wise
"""
ORDINARY = frozenset(_NAMES.split())

_MONTHS = "january february march april may june july august september october november december"
MONTHS = frozenset(_MONTHS.split())


def plain_word(word: str) -> str:
    """Return a word as the lists hold it: in small letters, without the sign of possession."""
    return word.casefold().replace("’", "'").removesuffix("'s").strip("'")


def is_role(word: str) -> bool:
    """Say whether a word is of the field and never part of a person's name.

    Examples
    --------
    >>> is_role("School"), is_role("nurse's"), is_role("Darren"), is_role("May")
    (True, True, False, False)
    """
    plain = plain_word(word)
    return plain not in ORDINARY and (plain in _ROLES or plain.removesuffix("s") in _ROLES or plain.isdecimal())


def is_public(word: str) -> bool:
    """Say whether a word with a capital points at nobody in particular.

    Examples
    --------
    >>> is_public("March"), is_public("Strategy"), is_public("Darren"), is_public("Will")
    (True, True, False, False)
    """
    plain = plain_word(word)
    if plain in ORDINARY and plain not in MONTHS:
        return False
    return plain in KNOWN or plain.removesuffix("s") in KNOWN or plain.isdecimal()
