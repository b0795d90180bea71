"""People and chats: invited, joined, seen and removed; what is kept, lent and spoken."""

import re

from handlers.words import capital
from tests.e2e.stories import Story


async def invited(story: Story, *labels: str, by: str = "Lan") -> str:
    """Let Văn phòng make a code with these buttons, in this order; return the code."""
    await story.say(by, "/moi")
    for label in labels:
        await story.press(by, label)
    found = re.search(r"\?start(?:group)?=(\S+)", story.read(by))
    assert found, story.read(by)
    return found[1]


async def test_a_head_is_invited_opens_the_link_and_belongs_to_the_unit(story: Story) -> None:
    story.add("Bình", "Khách")
    stranger = await story.start("Khách")
    code = await invited(story, story.tr("head of unit"), "VB")
    handed_out = story.read("Lan")
    joined = await story.start("Bình", code)
    work = await story.say("Bình", "/viec")
    twice = await story.say("Khách", f"/dang_ky {code}")

    kept = story.of(
        vi="Bot lưu mã số Telegram, tên, vai trò và đơn vị của anh/chị.\n"
        "Lưu khi anh/chị còn vai trò và 24 tháng sau đó, rồi tự xóa.\n"
        "Xem bằng /du_lieu_cua_toi; muốn xóa, báo quản trị.",
        en="I keep your Telegram number, name, role and unit.\n"
        "It is kept while you have a role and for 24 months after.\n"
        "/du_lieu_cua_toi shows it; the admin can erase it.",
    )
    assert kept in stranger
    assert kept in joined, "a link skips what a stranger reads"
    assert (
        story.of(vi="trước 09:00 thứ Hai 29/4/2024", en="until 09:00 Monday 29/4/2024")
        in handed_out
    )
    assert (
        story.of(
            vi="✅ Bình: trưởng đơn vị, Phòng Văn bản.", en="✅ Bình: head of unit, Phòng Văn bản."
        )
        in joined
    )
    assert "Phòng Văn bản" in work
    assert "I.5" in work
    assert (
        story.tr("This code is not valid, was used, or has expired. Ask Văn phòng for a new one.")
        in twice
    )


async def test_who_tries_wrong_codes_waits_a_quarter_of_an_hour(story: Story) -> None:
    code = await invited(story, story.tr("member of staff"), "VB")
    story.add("Khách")
    await story.start("Khách")
    said = [await story.say("Khách", f"/dang_ky sai-{n}") for n in range(5)]
    locked = await story.say("Khách", f"/dang_ky {code}")
    await story.clock("2024-04-22", "09:16")
    joined = await story.say("Khách", f"/dang_ky {code}")

    assert all(story.of(vi="Mã không đúng", en="This code is not valid") in one for one in said)
    assert story.of(vi="15 phút", en="15 minutes") in locked
    assert "✅" not in locked
    assert "✅ Khách" in joined


async def test_a_code_says_where_it_belongs_when_it_is_sent_elsewhere(story: Story) -> None:
    mine = await invited(story, story.tr("member of staff"), "VB")
    ours = await invited(story, story.tr("a unit's group"), "VB")
    story.add("Bình")
    await story.start("Bình")
    shown = await story.say("Dũng", f"/dang_ky {mine}", to="Nhóm VB")
    private = await story.say("Bình", f"/dang_ky {ours}")
    joined = await story.say("Bình", f"/dang_ky {mine}")

    assert story.tr("This code is for a person: send it to me in a private chat.") in shown
    assert story.tr("This code is for a group: send /dang_ky with it in that group.") in private
    assert "✅ Bình" in joined, "a code sent to the wrong place is not used up"


async def test_a_group_and_a_topic_are_bound_and_a_lost_one_is_told_to_the_office(
    story: Story,
) -> None:
    dung = story.here.people["Dũng"]
    forum = story.sandbox.add_group("Cơ quan", [dung], topics=("Văn bản",))
    story.here.chats["Cơ quan"] = forum
    story.sandbox.add_bot_to_group(forum)
    await story.settle()
    greeting = story.heard("Cơ quan")
    code = await invited(story, story.tr("a unit's group"), "VB")
    topic = story.sandbox.topics(forum)["Văn bản"]
    bound = await story.say("Dũng", f"/dang_ky {code}", to="Cơ quan", topic=topic)
    await story.say("Lan", "/thanh_vien")
    await story.press("Lan", story.tr("💬 Groups"))
    listed = story.read("Lan")
    story.sandbox.kick_bot(forum, by=dung)
    await story.settle()
    told = story.told("Nhóm Văn phòng", "Cơ quan")

    assert "/dang_ky" in greeting
    assert (
        story.of(
            vi="Từ nay nhóm này dành cho Phòng Văn bản.",
            en="From now on this chat serves Phòng Văn bản.",
        )
        in bound
    )
    assert f"Cơ quan – Phòng Văn bản ({story.tr('topic')})" in listed
    assert (
        story.of(
            vi="Bot không gửi được vào nhóm “Cơ quan” của Phòng Văn bản",
            en="I can no longer write to the chat “Cơ quan” of Phòng Văn bản",
        )
        in told
    )


async def test_the_office_sees_everybody_and_takes_a_role_away(story: Story) -> None:
    everybody = await story.say("Lan", "/thanh_vien")
    await story.press("Lan", "Hoa")
    role = story.read("Lan")
    await story.press("Lan", f"✖️ {story.tr('head of unit')}")
    asked = story.read("Lan")
    done = await story.press("Lan", story.tr("Yes, remove"))
    refused = await story.say("Hoa", "/viec")
    by_head = await story.say("Minh", "/thanh_vien")

    assert story.of(vi="👤 10 người", en="👤 10 people") in everybody
    assert f"Minh – {story.tr('head of unit')} – Phòng Hành chính tư pháp" in everybody
    assert f"✖️ {capital(story.tr('head of unit'))} – Phòng Hành chính tư pháp" in role
    story.expect(
        asked,
        vi="Gỡ “Trưởng đơn vị – Phòng Hành chính tư pháp” của Hoa?",
        en="Take “Head of unit – Phòng Hành chính tư pháp” from Hoa?",
    )
    story.expect(
        story.told("Hoa", "👤"), vi="Anh/chị thôi giữ vai trò", en="You no longer have the role"
    )
    assert done == story.tr("Recorded.")
    assert story.of(vi="👤 9 người", en="👤 9 people") in story.read("Lan")
    assert "I.1" not in refused
    assert "Hoa" not in by_head


async def test_somebody_known_gets_a_further_role_without_a_code(story: Story) -> None:
    await story.say("Lan", "/thanh_vien")
    await story.press("Lan", "Thảo")
    await story.press("Lan", story.tr("🆕 Give a role"))
    roles = story.read("Lan")
    await story.press("Lan", story.tr("head of unit"))
    await story.press("Lan", "Phòng Văn bản")
    read_back = story.read("Lan")
    before = await story.say("Thảo", "/viec")
    message, data = story.button("Lan", story.tr("✅ Right, record it"))
    await story.press("Lan", story.tr("✅ Right, record it"))
    told = story.told("Thảo", "👤")
    twice = await story.press_again("Lan", message, data)
    await story.press("Lan", story.tr("View the person"))
    person = story.read("Lan")
    work = await story.say("Thảo", "/viec")
    by_head = await story.press_again("Minh", message, data)

    assert story.of(vi="quản trị", en="admin") not in roles.lower(), "nothing above one's own"
    story.expect(
        read_back,
        vi="Giao cho Thảo vai trò: trưởng đơn vị – Phòng Văn bản?\n"
        "Đang có: chuyên viên – Phòng Hành chính tư pháp",
        en="Give Thảo the role: head of unit – Phòng Văn bản?\n"
        "Has already: member of staff – Phòng Hành chính tư pháp",
    )
    assert "I.5" not in before, "nothing counts before it is agreed to"
    story.expect(told, vi="Anh/chị có vai trò mới", en="You have a new role")
    assert twice
    assert by_head
    assert f"{capital(story.tr('head of unit'))} – Phòng Văn bản" in person
    assert "I.5" in work


async def test_who_has_no_role_left_is_found_and_erased(story: Story) -> None:
    await story.say("An", "/thanh_vien")
    await story.press("An", "Hoa")
    await story.press("An", f"✖️ {story.tr('head of unit')}")
    await story.press("An", story.tr("Yes, remove"))
    await story.press("An", story.of(vi="👥 Chưa có vai trò: 1", en="👥 Without a role: 1"))
    await story.press("An", "Hoa")
    person = story.read("An")
    await story.press("An", story.tr("🗑 Erase this person"))
    await story.press("An", story.tr("Yes, remove"))
    left = story.read("An")

    story.expect(person, vi="Hiện chưa có vai trò", en="No role now")
    assert story.tr("🆕 Give a role") in person
    assert "👥" not in left


async def test_nobody_gives_a_role_to_themselves(story: Story) -> None:
    await story.say("Lan", "/thanh_vien")
    message, data = story.button("Lan", "Lan")
    await story.press("Lan", "Lan")
    own = story.read("Lan")
    refused = await story.press_again("Lan", message, data.replace("who:person", "who:give"))

    assert story.tr("🆕 Give a role") not in own
    story.expect(refused, vi="Không ai tự giao vai trò cho mình", en="Nobody gives a role to")


async def test_an_open_code_is_seen_without_itself_and_revoked(story: Story) -> None:
    code = await invited(story, story.tr("head of unit"), "VB")
    await story.say("Lan", "/thanh_vien")
    await story.press("Lan", story.tr("🔑 Open codes"))
    listed = story.read("Lan")
    await story.press("Lan", story.of(vi="Thu hồi 1", en="Revoke 1"))
    asked = story.read("Lan")
    message, data = story.button("Lan", story.tr("✖️ Revoke"))
    done = await story.press("Lan", story.tr("✖️ Revoke"))
    left = story.read("Lan")
    again = await story.press_again("Lan", message, data)
    story.add("Bình")
    await story.start("Bình")
    revoked = await story.say("Bình", f"/dang_ky {code}")
    unknown = await story.say("Bình", "/dang_ky khong-co-ma-nay")

    story.expect(listed, vi="🔑 1 mã còn hiệu lực", en="🔑 1 open code")
    story.expect(listed, vi="Trưởng đơn vị – Phòng Văn bản", en="Head of unit – Phòng Văn bản")
    story.expect(
        listed,
        vi="Lan tạo, trước 09:00 thứ Hai 29/4/2024",
        en="made by Lan, until 09:00 Monday 29/4/2024",
    )
    assert code not in story.heard("Lan").split("🔑")[-1]
    story.expect(asked, vi="Thu hồi mã dành cho", en="Revoke the code for")
    assert done == story.tr("Recorded.")
    story.expect(left, vi="🔑 0 mã", en="🔑 0 open codes")
    story.expect(again, vi="Chưa có gì thay đổi.", en="Nothing has changed.")
    assert revoked == unknown, "a revoked code is refused like an unknown one"


async def test_one_sees_what_is_kept_and_the_admin_erases_it(story: Story) -> None:
    await story.say("Hoa", "/xong I.1 45/BC-STP ngày 20/4/2024")
    data = await story.say("Hoa", "/du_lieu_cua_toi")
    group = await story.say("Hoa", "/du_lieu_cua_toi", to="Nhóm HCTP")
    await story.say("Lan", "/thanh_vien")
    await story.press("Lan", "Hoa")
    by_office = story.read("Lan")
    await story.say("An", "/thanh_vien")
    await story.press("An", "Hoa")
    await story.press("An", story.tr("🗑 Erase this person"))
    asked = story.read("An")
    await story.press("An", story.tr("Yes, remove"))
    gone = await story.say("Hoa", "/du_lieu_cua_toi")
    card = await story.say("Minh", "/xem I.1")

    assert str(story.here.people["Hoa"]) in data
    assert story.of(vi="1 báo cáo\n", en="1 report\n") in data
    kept = story.of(
        vi="Lưu khi anh/chị còn vai trò và 24 tháng sau đó, rồi tự xóa.",
        en="It is kept while you have a role and for 24 months after.",
    )
    assert kept in data
    assert str(story.here.people["Hoa"]) not in group, "nothing personal in a group"
    assert story.tr("🗑 Erase this person") not in by_office, "only an admin erases"
    assert story.of(vi="Xóa dữ liệu của người này?", en="Erase this person?") in asked
    assert "Hoa" not in story.read("An")
    assert "Hoa" not in gone
    assert "45/BC-STP" in card, "what was done stays"
    assert "Hoa" not in card


async def test_a_head_names_who_stands_in_and_only_for_those_days(story: Story) -> None:
    before = await story.say("Thảo", "/gia_han I.1 10/5 chờ số liệu")
    read_back = await story.say("Minh", "/thay_mat Thảo > 22/4/2024 > 24/4/2024")
    meanwhile = await story.say("Thảo", "/gia_han I.1 10/5 chờ số liệu")
    await story.press("Minh", story.tr("✅ Right, record it"))
    lent = story.read("Minh")
    during = await story.say("Thảo", "/gia_han I.1 10/5 chờ số liệu")
    await story.clock("2024-04-25", "08:00")
    after = await story.say("Thảo", "/gia_han I.1 10/5 chờ số liệu")
    wrong = await story.say("Minh", "/thay_mat Ai đó > 26/4/2024 > 28/4/2024")
    asked = await story.say("Minh", "/thay_mat Thảo")

    story.expect(read_back, vi="Thảo thay Minh?", en="Thảo stands in for Minh?")
    days = story.of(vi="thứ Hai 22/4/2024", en="Monday 22/4/2024")
    assert days in read_back
    assert days in lent
    asks = story.of(vi="thứ Sáu 10/5/2024", en="Friday 10/5/2024")
    assert asks not in before
    assert asks not in meanwhile
    assert asks in during
    assert asks not in after
    assert "“Ai đó”" in wrong
    story.expect(asked, vi="Từ ngày nào", en="From when to when?")


async def test_a_person_and_a_group_choose_their_language(story: Story) -> None:
    other = {"vi": "English", "en": "Tiếng Việt"}[story.locale]
    question = await story.say("Minh", "/ngon_ngu")
    await story.press("Minh", other)
    spoken = story.read("Minh")
    await story.say("Minh", "/ngon_ngu", to="Nhóm HCTP")
    await story.press("Thảo", other, to="Nhóm HCTP")
    by_staff = await story.say("Thảo", "/viec", to="Nhóm HCTP")
    await story.press("Minh", other, to="Nhóm HCTP")
    by_head = await story.say("Thảo", "/viec", to="Nhóm HCTP")
    own = await story.say("Thảo", "/viec")

    open_now = {"vi": "phần việc đang mở", "en": "open parts"}
    mine, theirs = open_now[story.locale], open_now[{"vi": "en", "en": "vi"}[story.locale]]
    assert story.of(vi="Bot nói với anh/chị bằng ngôn ngữ nào?", en="Which language") in question
    assert spoken == {"vi": "✅ From now on I speak English here.", "en": spoken}[story.locale]
    assert mine in by_staff, "staff do not decide for the group"
    assert theirs in by_head
    assert mine in own, "each person's language is their own"


async def test_the_menu_and_the_help_are_those_of_the_role(story: Story) -> None:
    office = await story.say("Lan", "/tro_giup")
    staff = await story.say("Thảo", "/tro_giup")
    code = await invited(story, story.tr("leader"), story.tr("No unit in particular"))
    story.add("Bình")
    await story.start("Bình", code)
    chat = story.chat("Bình")

    def own_menu() -> list[str] | None:
        names = [one["command"] for one in story.sandbox.commands(chat, chat)]
        return names if "thay_mat" in names else None

    menu = await story.sandbox.wait_for(own_menu)

    assert "/moi" in office
    assert "/moi" not in staff
    assert "/viec" in staff
    assert "moi" not in menu
