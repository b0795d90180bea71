// The chat page: state, the list of chats, the open conversation and the clock. It knows only the
// control API under /sandbox/.

import { dayOf, dressAvatar, element, momentOf, renderMessage, saidIn, sentAt, shortDayOf, timeOf } from "/static/render.js";

const $ = (id) => document.getElementById(id);
const GENERAL = 1;
const PHOTO_TYPES = ["image/png", "image/jpeg", "image/gif"];
const SENTENCES = {
  no_chat: "Không còn cuộc trò chuyện này.",
  no_user: "Không còn người này.",
  no_message: "Tin nhắn này không còn nữa.",
  no_button: "Nút này không còn nữa, bot vừa đổi tin nhắn.",
  no_topic: "Chủ đề này đã bị xóa.",
  not_member: "Người này không ở trong nhóm.",
  not_started: "Hãy bấm “Bắt đầu” trước.",
  blocked: "Người này đã chặn bot. Hãy bỏ chặn trước.",
  migrated: "Nhóm này đã chuyển sang nhóm mới.",
  clock_back: "Đồng hồ chỉ tua tới, không lùi được.",
  bad_payload: "Đường dẫn này không hợp lệ.",
  empty: "Hãy gõ nội dung trước khi gửi.",
  refused: "Không gửi được tệp này: tệp rỗng, quá lớn hoặc không phải ảnh.",
  network: "Không liên lạc được với máy chủ dùng thử. Hãy kiểm tra lệnh demo còn chạy không.",
};

const page = {
  state: null,
  messages: new Map(),
  chatId: null,
  // The chat whose messages are on their way; what is news meanwhile is kept and drawn with them.
  loadingId: null,
  threadId: null,
  speakers: new Map(),
  replyTo: null,
  files: [],
  // Pressed buttons that wait, and answers that overtook the confirmation of their press.
  pressed: new Map(),
  answers: new Map(),
  // Messages that come one upon the other, after something was done or said: shown from the first.
  burst: { first: null, until: 0 },
  clockOffset: 0,
};
const BURST_MS = 3000;
const isWide = () => matchMedia("(min-width: 761px)").matches;

/* Talking to the server */

async function ask(path, body) {
  let response;
  try {
    const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new Error(SENTENCES.network);
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const { code, message } = answer.error ?? {};
    throw new Error(SENTENCES[code] ?? `Không làm được: ${message ?? `lỗi ${response.status}`}`);
  }
  return answer;
}

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    notify("problem", error.message);
    return undefined;
  }
}

const timers = {};
function notify(kind, text) {
  const node = $(kind);
  node.textContent = text;
  // Over the head of the chat, where it hides neither messages nor buttons.
  node.style.top = `${document.querySelector(".bar").offsetHeight + 8}px`;
  node.hidden = false;
  clearTimeout(timers[kind]);
  timers[kind] = setTimeout(() => { node.hidden = true; }, kind === "toast" ? 3500 : 6000);
}

/* What is where */

const chatOf = (id) => page.state?.chats.find((chat) => chat.id === id);
const userOf = (id) => page.state?.users.find((user) => user.id === id);
const isGroup = (chat) => chat.type !== "private";
const membersOf = (chat) => Object.keys(chat.members).map(Number).map(userOf).filter(Boolean);
const speakerIn = (chat) => (chat.members[page.speakers.get(chat.id)] ? page.speakers.get(chat.id) : membersOf(chat)[0]?.id);
const openChat = () => chatOf(page.chatId);
const nowMs = () => performance.now() + page.clockOffset;
const setNow = (iso) => { page.clockOffset = new Date(iso).getTime() - performance.now(); drawClock(); };

const seen = JSON.parse(sessionStorage.getItem("seen") ?? "{}");
const unreadOf = (chat) => chat.from_bot.filter((id) => id > (seen[chat.id] ?? 0));
const unreadIn = (chat) => unreadOf(chat).length;

// Who comes for the first time has the latest messages to read, not the whole past.
function beginReading() {
  if (sessionStorage.getItem("seen") !== null) return;
  for (const chat of page.state.chats) seen[chat.id] = chat.read_until;
  sessionStorage.setItem("seen", JSON.stringify(seen));
}

function markSeen(chat) {
  seen[chat.id] = Math.max(seen[chat.id] ?? 0, ...chat.from_bot.slice(-1));
  sessionStorage.setItem("seen", JSON.stringify(seen));
}

/* Clock */

function drawClock() {
  const moment = new Date(nowMs());
  $("clock").textContent = momentOf(moment);
  $("clock").dateTime = moment.toISOString();
}

async function moveClock(button) {
  const steps = { hour: { forward_seconds: 3600 }, afternoon: { next: "afternoon" }, morning: { next: "morning" } };
  button.disabled = true;
  const answer = await attempt(() => ask("clock", steps[button.dataset.move]));
  button.disabled = false;
  if (answer) {
    setNow(answer.now);
    notify("toast", `Bây giờ là ${momentOf(new Date(answer.now))}`);
  }
}

/* The list of chats */

function drawChats() {
  const wanted = fold($("search").value.trim());
  const fits = (chat) => chat.migrated_to === null && fold(chat.title).includes(wanted);
  const groups = page.state.chats.filter((chat) => isGroup(chat) && fits(chat));
  const people = page.state.chats.filter((chat) => !isGroup(chat) && fits(chat));
  const section = (title, chats) => (chats.length ? [element("h2", {}, title), ...chats.map(chatLink)] : []);
  const focused = document.activeElement?.closest?.(".chat")?.getAttribute("href");
  const scrolled = $("chats").scrollTop;
  $("chats").replaceChildren(...section("Nhóm", groups), ...section("Riêng với bot", people));
  if (!groups.length && !people.length) {
    const text = wanted ? "Không có nhóm hay người nào tên như vậy." : "Chưa có nhóm hay người nào. Dữ liệu thử sẽ hiện ở đây.";
    $("chats").append(element("p", { class: "empty" }, text));
  }
  $("chats").scrollTop = scrolled;
  if (focused) $("chats").querySelector(`[href="${focused}"]`)?.focus();
  const unread = page.state.chats.reduce((sum, chat) => sum + unreadIn(chat), 0);
  document.title = `${unread ? `(${unread}) ` : ""}nhắc việc – bản dùng thử`;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

function lastLine(chat) {
  if (!chat.last) return isGroup(chat) ? "Chưa có tin nhắn" : "Chưa bấm Bắt đầu";
  const text = saidIn(chat.last).replace(/\s+/g, " ");
  const isService = !chat.last.text && !chat.last.caption && !chat.last.document && !chat.last.photo;
  return isGroup(chat) && !isService && !chat.last.from.is_bot ? `${chat.last.from.first_name}: ${text}` : text;
}

function lastTime(chat) {
  if (!chat.last) return "";
  const at = sentAt(chat.last);
  return dayOf(at) === dayOf(new Date(nowMs())) ? timeOf(at) : shortDayOf(at);
}

function chatLink(chat) {
  const unread = unreadIn(chat);
  return element("a", { class: "chat", href: `#${chat.id}`, "aria-current": chat.id === page.chatId ? "true" : undefined },
    dressAvatar(element("span", { "aria-hidden": "true" }), chat.id, chat.title, isGroup(chat)),
    element("span", { class: "chat-title" }, chat.title),
    element("span", { class: "chat-time" }, lastTime(chat)),
    element("span", { class: "chat-last" }, lastLine(chat)),
    unread ? element("span", { class: "badge", "aria-label": `${unread} tin chưa đọc` }, String(unread)) : null);
}

/* The open conversation */

// There is room for a chat beside the list: the newest one with something to press, by the minute,
// as one round of reminders takes some seconds; among those the first of the list.
function openFirst() {
  if (location.hash.length > 1 || !isWide()) return;
  const offers = page.state.chats.filter((chat) => chat.last?.reply_markup?.inline_keyboard);
  const inOrder = [...offers.filter(isGroup), ...offers.filter((chat) => !isGroup(chat))];
  const rank = (chat) => (unreadIn(chat) ? 1e9 : 0) + Math.floor(chat.last.date / 60);
  const [first] = inOrder.sort((a, b) => rank(b) - rank(a));
  if (first) history.replaceState(null, "", `#${first.id}`);
}

async function route() {
  const id = Number(location.hash.slice(1));
  const chat = chatOf(id);
  page.chatId = chat ? id : null;
  page.loadingId = page.chatId;
  page.messages = new Map();
  $("app").classList.toggle("in-chat", Boolean(chat));
  $("welcome").hidden = Boolean(chat);
  $("thread").hidden = !chat;
  page.replyTo = null;
  page.files = [];
  page.threadId = null;
  page.burst = { first: null, until: 0 };
  $("toast").hidden = true;
  $("text").value = "";
  if (chat) {
    const answer = await attempt(() => ask(`messages?chat_id=${id}`));
    if (page.chatId !== id) return;
    page.loadingId = null;
    if (!answer) return;
    page.messages = new Map([...answer.result.map((message) => [message.message_id, message]), ...page.messages]);
    const [firstUnread] = unreadOf(chat);
    markSeen(chat);
    drawThread();
    resumePrompt();
    if (isWide() && !$("form").hidden) $("text").focus();
    if (firstUnread) reveal(firstUnread);
  }
  drawChats();
}

function drawThread() {
  const chat = openChat();
  dressAvatar($("thread-avatar"), chat.id, chat.title, isGroup(chat));
  $("thread-title").textContent = chat.title;
  drawSubtitle();
  drawTopics(chat);
  drawSpeaker(chat);
  drawGate(chat);
  drawComposer();
  const days = [];
  const nodes = [];
  for (const message of page.messages.values()) {
    if (!isShown(message)) continue;
    const day = dayOf(sentAt(message));
    if (days.at(-1) !== day) {
      days.push(day);
      nodes.push(element("div", { class: "day" }, day));
    }
    nodes.push(draw(message));
  }
  if (!nodes.length) nodes.push(element("div", { class: "quiet" }, quietText(chat)));
  $("log").replaceChildren(...nodes);
  toEnd();
}

function quietText(chat) {
  if (page.threadId) return "Chủ đề này chưa có tin nhắn nào.";
  if (isGroup(chat)) return "Nhóm chưa có tin nhắn nào. Gõ / để xem các lệnh của bot.";
  return page.state.description || "Đây là cuộc trò chuyện riêng với bot nhắc việc. Bấm “Bắt đầu” để chào bot.";
}

function drawSubtitle(busy = "") {
  const chat = openChat();
  const people = membersOf(chat).length;
  const bot = ["member", "administrator"].includes(chat.bot_status) ? " và bot" : "";
  $("thread-subtitle").textContent = busy || (isGroup(chat) ? `${people} người${bot}` : "riêng với bot nhắc việc");
}

const isShown = (message) => {
  if (page.threadId === null) return true;
  const thread = message.message_thread_id ?? GENERAL;
  return thread === page.threadId;
};

const draw = (message) => {
  const chat = openChat();
  // Where all topics stand together, each message says which one it belongs to.
  const topic = page.threadId === null && chat.topics.find((one) => one.id === message.message_thread_id)?.name;
  return renderMessage(message, { speakerId: speakerIn(chat), isGroup: isGroup(chat), topic, actions });
};

function drawTopics(chat) {
  $("topics").hidden = !chat.is_forum;
  const topics = [{ id: null, name: "Tất cả" }, { id: GENERAL, name: "Chung" }, ...chat.topics];
  const choose = (id) => { page.threadId = id; drawThread(); };
  $("topics").replaceChildren(...topics.map((topic) =>
    element("button", { type: "button", "aria-pressed": String(topic.id === page.threadId), onclick: () => choose(topic.id) }, topic.name)));
}

function drawSpeaker(chat) {
  const speaker = speakerIn(chat);
  $("speaker").replaceChildren(...membersOf(chat).map((user) =>
    element("option", { value: String(user.id), selected: user.id === speaker }, user.name)));
  $("speaker").disabled = !isGroup(chat);
}

function drawGate(chat) {
  const user = isGroup(chat) ? null : userOf(chat.id);
  const present = ["member", "administrator"].includes(chat.bot_status);
  let gate = null;
  if (chat.migrated_to) gate = ["Nhóm này đã chuyển sang nhóm mới.", "Mở nhóm mới", () => { location.hash = chat.migrated_to; }];
  else if (user?.blocked) gate = [`${user.name} đã chặn bot.`, "Bỏ chặn", () => ask("unblock", { user_id: user.id })];
  else if (user && !user.started) gate = ["Bot chỉ nhắn riêng được sau khi người dùng bấm Bắt đầu.", "Bắt đầu", () => ask("press_start", { user_id: user.id })];
  else if (!user && !present) gate = ["Bot chưa có trong nhóm này.", "Thêm bot vào nhóm", () => ask("add_bot_to_group", { chat_id: chat.id, by: speakerIn(chat) })];
  $("gate").hidden = !gate;
  $("form").hidden = Boolean(gate) && (Boolean(user) || Boolean(chat.migrated_to));
  if (gate) $("gate").replaceChildren(element("p", {}, gate[0]), element("button", { type: "button", onclick: () => attempt(gate[2]) }, gate[1]));
}

function nearEnd() {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < 160;
}

function toEnd() {
  $("log").scrollTop = $("log").scrollHeight;
  $("to-end").hidden = true;
}

// As much of the news as fits, but never past the beginning of its first message.
function reveal(messageId) {
  const log = $("log");
  const first = log.querySelector(`[data-id="${messageId}"]`);
  const end = log.scrollHeight - log.clientHeight;
  log.scrollTop = first ? Math.min(end, first.offsetTop - log.offsetTop - 8) : end;
  $("to-end").hidden = nearEnd();
}

const expectNews = () => { page.burst = { first: null, until: performance.now() + BURST_MS }; };
const leaveNews = () => { page.burst.until = 0; };

function append(message) {
  const wasNear = nearEnd();
  $("log").querySelector(".quiet")?.remove();
  const earlier = [...page.messages.values()].filter(isShown).at(-2);
  const day = dayOf(sentAt(message));
  if (!earlier || dayOf(sentAt(earlier)) !== day) $("log").append(element("div", { class: "day" }, day));
  const node = draw(message);
  node.classList.add("new");
  $("log").append(node);
  const isOwn = message.from.id === speakerIn(openChat());
  const isBurst = performance.now() < page.burst.until;
  if (!wasNear && !isOwn && !isBurst) {
    $("to-end").hidden = false;
    return;
  }
  const first = isBurst && !isOwn ? page.burst.first : null;
  page.burst = { first: first ?? message.message_id, until: performance.now() + BURST_MS };
  reveal(page.burst.first);
}

/* What can be done with a message */

const actions = {
  answer(message) {
    page.replyTo = message;
    drawComposer();
    $("text").focus();
  },
  show(messageId) {
    const node = $("log").querySelector(`[data-id="${messageId}"]`);
    if (!node) {
      notify("toast", "Tin được trả lời không còn ở đây.");
      return;
    }
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    setTimeout(() => node.classList.remove("flash"), 1400);
  },
  say: (text) => attempt(() => ask("say", { ...place(), text })),
  async press(message, button, node) {
    const chat = openChat();
    if (button.copy_text) {
      await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
      notify("toast", `Đã chép “${button.copy_text.text}”`);
      return;
    }
    node.setAttribute("aria-busy", "true");
    expectNews();
    const body = { chat_id: chat.id, user_id: speakerIn(chat), message_id: message.message_id, button: button.callback_data };
    const answer = await attempt(() => ask("press", body));
    if (answer) {
      page.pressed.set(answer.result, node);
      const early = page.answers.get(answer.result);
      if (early) showAnswer(early);
    }
    // A bot that never answers must not leave the button waiting for ever.
    setTimeout(() => node.removeAttribute("aria-busy"), answer ? 8000 : 0);
  },
  follow(url) {
    const found = url.match(/^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)[?&](start|startgroup)=([\w-]{1,64})$/);
    if (!found || found[1].toLowerCase() !== page.state.bot.username.toLowerCase()) return false;
    if (found[2] === "start") attempt(() => startWith(found[3]));
    else chooseGroup(found[3]);
    return true;
  },
};

function showAnswer(answer) {
  page.pressed.get(answer.query_id)?.removeAttribute("aria-busy");
  page.pressed.delete(answer.query_id);
  page.answers.delete(answer.query_id);
  if (answer.url) actions.follow(answer.url);
  else if (answer.text && answer.show_alert) openDialog(page.state.bot.first_name, answer.text);
  else if (answer.text) notify("toast", answer.text);
}

async function startWith(payload) {
  const userId = speakerIn(openChat());
  await ask("press_start", { user_id: userId, payload });
  location.hash = userId;
}

function chooseGroup(payload) {
  const speaker = speakerIn(openChat());
  const groups = page.state.chats.filter((chat) => isGroup(chat) && chat.members[speaker] && chat.migrated_to === null);
  const choose = async (chat) => {
    $("dialog").close();
    await attempt(() => ask("add_bot_to_group", { chat_id: chat.id, by: speaker, payload }));
    location.hash = chat.id;
  };
  const text = groups.length ? "Thêm bot vào nhóm nào?" : "Người này không ở trong nhóm nào.";
  openDialog("Chọn nhóm", text, groups.map((chat) => element("button", { type: "button", onclick: () => choose(chat) }, chat.title)));
}

function openDialog(title, text, choices = []) {
  $("dialog-title").textContent = title;
  $("dialog-text").textContent = text;
  $("dialog-choices").replaceChildren(...choices);
  $("dialog").querySelector(".dialog-ok").textContent = choices.length ? "Thôi" : "Đồng ý";
  if (!$("dialog").open) $("dialog").showModal();
}

/* Writing */

function place() {
  const chat = openChat();
  const body = { chat_id: chat.id, user_id: speakerIn(chat) };
  if (page.threadId !== null) body.thread_id = page.threadId;
  if (page.replyTo) body.reply_to = page.replyTo.message_id;
  return body;
}

function drawComposer() {
  const reply = page.replyTo;
  $("replying").hidden = !reply;
  if (reply) {
    $("replying-who").textContent = `Trả lời ${reply.from.first_name}`;
    $("replying-what").textContent = saidIn(reply).replace(/\s+/g, " ");
  }
  $("text").placeholder = (reply?.prompt?.force_reply && reply.prompt.input_field_placeholder) || "Nhắn tin";
  $("attached").hidden = !page.files.length;
  $("attached").replaceChildren(...page.files.map((file) => element("li", {}, element("span", {}, file.name),
    element("button", { type: "button", "aria-label": `Bỏ tệp ${file.name}`, onclick: () => { page.files = page.files.filter((one) => one !== file); drawComposer(); } }, "×"))));
  drawReplyKeyboard();
  stretch();
}

function drawReplyKeyboard() {
  const prompts = [...page.messages.values()].map((message) => message.prompt).filter((prompt) => prompt?.keyboard || prompt?.remove_keyboard);
  const rows = prompts.at(-1)?.keyboard ?? [];
  $("keyboard").hidden = !rows.length;
  $("keyboard").replaceChildren(...rows.map((row) => element("div", {},
    ...row.map((button) => element("button", { type: "button", onclick: () => actions.say(button.text) }, button.text)))));
}

function stretch() {
  const text = $("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 168)}px`;
  $("thread").style.setProperty("--composer", `${$("composer").offsetHeight + 12}px`);
}

const base64Of = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
  reader.onerror = () => reject(new Error(`Không đọc được tệp ${file.name}.`));
  reader.readAsDataURL(file);
});

async function sendFiles(where, files, caption) {
  const group = files.length > 1 ? { media_group_id: `page-${Date.now()}` } : {};
  for (const [number, file] of files.entries()) {
    const body = { ...where, ...group, data: await base64Of(file), ...(caption && number === 0 ? { caption } : {}) };
    if (PHOTO_TYPES.includes(file.type)) await ask("send_photo", body);
    else await ask("send_file", { ...body, name: file.name, mime: file.type || "application/octet-stream" });
  }
}

async function submit() {
  const text = $("text").value.trim();
  if (!text && !page.files.length) return;
  const { files, replyTo, chatId } = page;
  const where = place();
  // Cleared before the answer comes: by then the bot may have asked for the next reply.
  $("text").value = "";
  page.files = [];
  page.replyTo = null;
  closeMenu();
  drawComposer();
  toEnd();
  const done = await attempt(async () => {
    if (files.length) await sendFiles(where, files, text);
    else await ask("say", { ...where, text });
    return true;
  });
  if (done || page.chatId !== chatId) return;
  $("text").value ||= text;
  page.files = files;
  page.replyTo ??= replyTo;
  drawComposer();
}

// A forced reply that nobody followed yet still stands when the chat is opened again.
function resumePrompt() {
  const all = [...page.messages.values()];
  // The bot may have put buttons below its question.
  const asked = all.filter((message) => message.from.is_bot).slice(-2).reverse().find((message) => message.prompt?.force_reply);
  if (asked && !all.some((message) => !message.from.is_bot && message.message_id > asked.message_id)) followPrompt(asked);
}

function followPrompt(message) {
  if (!message.prompt?.force_reply) return;
  const chat = openChat();
  const speaker = userOf(speakerIn(chat));
  const isMentioned = (message.entities ?? []).some((entity) => entity.type === "text_mention" && entity.user.id === speaker.id);
  const isAddressed = isMentioned || message.reply_to_message?.from.id === speaker.id || (speaker.username && (message.text ?? "").includes(`@${speaker.username}`));
  if (isGroup(chat) && message.prompt.selective && !isAddressed) return;
  page.replyTo = message;
  drawComposer();
  if (isWide()) $("text").focus({ preventScroll: true });
}

/* The menu of commands */

let menuAsked = 0;

async function openMenu(filter = "") {
  const chat = openChat();
  const asked = ++menuAsked;
  const answer = await attempt(() => ask(`commands?chat_id=${chat.id}&user_id=${speakerIn(chat)}`));
  // While it was on its way, more was typed or the menu was closed.
  if (!answer || asked !== menuAsked) return;
  const fitting = answer.result.filter((one) => one.command.startsWith(filter));
  if (filter && !fitting.length) { closeMenu(); return; }
  const choose = (one) => {
    closeMenu();
    $("text").value = "";
    stretch();
    actions.say(`/${one.command}`);
  };
  const rows = fitting.map((one, number) => element("button",
    { type: "button", role: "option", "aria-selected": String(Boolean(filter) && number === 0), "data-command": one.command, onclick: () => choose(one) },
    element("strong", {}, `/${one.command}`), element("span", {}, one.description)));
  $("menu").replaceChildren(...(rows.length ? rows : [element("p", {}, "Bot chưa khai báo lệnh nào cho người này ở đây.")]));
  $("menu").hidden = false;
  $("slash").setAttribute("aria-expanded", "true");
}

function closeMenu() {
  menuAsked += 1;
  $("menu").hidden = true;
  $("slash").setAttribute("aria-expanded", "false");
}

function moveInMenu(step) {
  const rows = [...$("menu").querySelectorAll("button")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = rows[(at + step + rows.length) % rows.length];
  rows.forEach((row) => row.setAttribute("aria-selected", String(row === next)));
  next.scrollIntoView({ block: "nearest" });
}

function onTextKey(event) {
  const chosen = $("menu").hidden ? null : $("menu").querySelector('[aria-selected="true"]');
  if (event.key === "Escape") closeMenu();
  else if (!$("menu").hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    moveInMenu(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Tab" && chosen) {
    event.preventDefault();
    $("text").value = `/${chosen.dataset.command} `;
    closeMenu();
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    const typed = $("text").value.trim();
    if (chosen && /^\/\w*$/.test(typed) && typed !== `/${chosen.dataset.command}`) chosen.click();
    else submit();
  }
}

function onTextInput() {
  stretch();
  const typed = $("text").value.match(/^\/(\w*)$/);
  if (typed) openMenu(typed[1].toLowerCase());
  else closeMenu();
}

/* News */

const news = {
  clock: (event) => setNow(event.now),
  chats: () => refreshSoon(),
  menus: () => { if (!$("menu").hidden) openMenu(); },
  message(event) {
    const chat = chatOf(event.chat_id);
    if (!chat) { refreshSoon(); return; }
    chat.last = event.message;
    if (event.message.from.is_bot && !chat.from_bot.includes(event.message.message_id)) chat.from_bot.push(event.message.message_id);
    if (chat.id === page.loadingId) page.messages.set(event.message.message_id, event.message);
    else if (chat.id === page.chatId) {
      page.messages.set(event.message.message_id, event.message);
      if (isShown(event.message)) append(event.message);
      if (!document.hidden) markSeen(chat);
      drawSubtitle();
      followPrompt(event.message);
      drawReplyKeyboard();
    }
    drawChats();
  },
  edited(event) {
    const chat = chatOf(event.chat_id);
    if (chat?.last?.message_id === event.message.message_id) { chat.last = event.message; drawChats(); }
    if (event.chat_id !== page.chatId) return;
    page.messages.set(event.message.message_id, event.message);
    const old = $("log").querySelector(`[data-id="${event.message.message_id}"]`);
    if (!old) return;
    const wasNear = nearEnd();
    const hadFocus = old.contains(document.activeElement);
    const fresh = draw(event.message);
    old.replaceWith(fresh);
    if (hadFocus) (fresh.querySelector(".buttons button") ?? $("text")).focus({ preventScroll: true });
    if (wasNear) toEnd();
  },
  deleted(event) {
    const chat = chatOf(event.chat_id);
    if (chat) chat.from_bot = chat.from_bot.filter((id) => id !== event.message_id);
    if (event.chat_id === page.chatId) {
      page.messages.delete(event.message_id);
      $("log").querySelector(`[data-id="${event.message_id}"]`)?.remove();
      if (page.replyTo?.message_id === event.message_id) { page.replyTo = null; drawComposer(); }
    }
    refreshSoon();
  },
  answer(event) {
    if (page.pressed.has(event.query_id)) showAnswer(event);
    else page.answers.set(event.query_id, event);
  },
  action(event) {
    if (event.chat_id !== page.chatId) return;
    drawSubtitle(event.action === "typing" ? "bot đang soạn tin…" : "bot đang gửi tệp…");
    clearTimeout(timers.action);
    timers.action = setTimeout(() => { if (openChat()) drawSubtitle(); }, 5000);
  },
};

let refreshing = null;
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => attempt(refresh), 60);
}

async function refresh() {
  const before = page.state;
  page.state = await ask("state");
  setNow(page.state.now);
  drawChats();
  const chat = openChat();
  if (before && chat) {
    drawSubtitle();
    drawTopics(chat);
    drawSpeaker(chat);
    drawGate(chat);
  } else if (before && page.chatId !== null) route();
}

function listen() {
  const source = new EventSource("/sandbox/events");
  let wasCut = false;
  source.onmessage = (event) => { const told = JSON.parse(event.data); news[told.kind]?.(told); };
  source.onerror = () => { if (!wasCut) notify("problem", SENTENCES.network); wasCut = true; };
  source.onopen = () => {
    if (!wasCut) return;
    wasCut = false;
    $("problem").hidden = true;
    attempt(async () => { await refresh(); await route(); });
  };
}

/* Wiring */

$("clock-moves").addEventListener("click", (event) => { const button = event.target.closest("button"); if (button) moveClock(button); });
$("clock-toggle").addEventListener("click", () => {
  const open = $("clock-toggle").getAttribute("aria-expanded") !== "true";
  $("clock-toggle").setAttribute("aria-expanded", String(open));
});
$("search").addEventListener("input", drawChats);
$("speaker").addEventListener("change", () => {
  page.speakers.set(page.chatId, Number($("speaker").value));
  page.replyTo = null;
  const at = $("log").scrollTop;
  drawThread();
  resumePrompt();
  $("log").scrollTop = at;
});
$("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("text").addEventListener("keydown", onTextKey);
$("text").addEventListener("input", onTextInput);
$("slash").addEventListener("click", () => ($("menu").hidden ? openMenu() : closeMenu()));
$("attach").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", () => {
  page.files = [...page.files, ...$("files").files];
  $("files").value = "";
  drawComposer();
  $("text").focus();
});
$("replying-cancel").addEventListener("click", () => { page.replyTo = null; drawComposer(); $("text").focus(); });
$("to-end").addEventListener("click", toEnd);
let isAtEnd = true;
$("log").addEventListener("scroll", () => {
  isAtEnd = $("log").scrollHeight - $("log").scrollTop - $("log").clientHeight < 4;
  if (nearEnd()) $("to-end").hidden = true;
});
for (const kind of ["wheel", "touchmove"]) $("log").addEventListener(kind, leaveNews, { passive: true });
// Who reads the end goes on reading it when the composer or the clock takes more room.
new ResizeObserver(() => { if (isAtEnd) toEnd(); }).observe($("log"));
document.addEventListener("click", (event) => { if (!event.target.closest("#menu, #slash, #text")) closeMenu(); });
document.addEventListener("visibilitychange", () => { const chat = openChat(); if (!document.hidden && chat) { markSeen(chat); drawChats(); } });
window.addEventListener("hashchange", () => attempt(route));
window.addEventListener("resize", stretch);
setInterval(drawClock, 1000);

listen();
await attempt(refresh);
if (page.state) {
  beginReading();
  openFirst();
  await attempt(route);
}
