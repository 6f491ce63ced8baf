from pages.frame.text import WORD_JOINER, plain, plain_part, sign


def test_what_markdown_reads_is_escaped() -> None:
    for text in ("*a*", "_a_", "[a](b)", "![a](b)", "`a`", "$a$", ":red[a]", "<b>", "a|b", "~a~"):
        shown = plain(text)
        assert shown != text
        assert shown.replace("\\", "") == text


def test_what_starts_a_block_is_escaped_at_the_start_only() -> None:
    assert plain("# Title") == "\\# Title"
    assert plain("- item") == "\\- item"
    assert plain("1. first") == "1\\. first"
    assert plain("Auto-log calls, 2nd - try #3.") == "Auto-log calls, 2nd - try #3."


def test_addresses_are_broken_invisibly_so_that_they_do_not_become_links() -> None:
    for text in ("http://a.example", "www.a.example", "me@a.example"):
        assert WORD_JOINER in plain(text)
        assert plain(text).replace(WORD_JOINER, "").replace("\\", "") == text


def test_line_breaks_become_spaces() -> None:
    assert plain("a\n\n# b") == "a # b"


def test_one_dollar_stays_bare_in_a_label_and_a_formula_does_not() -> None:
    assert sign("$") == "$"
    assert sign("CHF") == "CHF"
    assert sign("$x$") == "\\$x\\$"


def test_a_part_of_a_line_keeps_the_space_to_its_neighbour() -> None:
    assert plain_part("see *this* ") == r"see \*this\* "
    assert plain_part(" after") == " after"
    assert plain_part(" ") == " "
    assert plain_part("") == ""
