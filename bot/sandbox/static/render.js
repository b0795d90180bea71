// From a message to what is seen of it. Everything is built with textContent, never innerHTML, so
// that no text can become markup.

const ZONE = "Asia/Ho_Chi_Minh";
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const SAFE_LINK = /^(https?:|tg:|mailto:)/i;

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const PARTS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

function parts(date) {
  const found = {};
  for (const part of PARTS.formatToParts(date)) found[part.type] = part.value;
  const weekday = new Date(Date.UTC(+found.year, +found.month - 1, +found.day)).getUTCDay();
  return { ...found, weekday: WEEKDAYS[weekday] };
}

export const timeOf = (date) => { const p = parts(date); return `${p.hour}:${p.minute}`; };
// Days below 10 and the months 1 and 2 take a leading zero, as offices write them.
const shortDay = ({ day, month }) => `${String(+day).padStart(2, "0")}/${+month < 3 ? `0${+month}` : +month}`;

export const dayOf = (date) => { const p = parts(date); return `${p.weekday} ${shortDay(p)}/${p.year}`; };
export const momentOf = (date) => `${dayOf(date)}, ${timeOf(date)}`;
export const shortDayOf = (date) => shortDay(parts(date));
export const sentAt = (message) => new Date(message.date * 1000);

const toneOf = (id) => `tone-${Math.abs(id) % 6}`;

export function dressAvatar(node, id, name, isGroup, isBot = false) {
  // Of "Phòng Hành chính tư pháp" the first word tells nothing; of a person the first and the last.
  const words = name.replace(/^(phòng|nhóm|ban|trung tâm) (?=\S+ )/iu, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], isGroup ? words[1] : words.at(-1)] : words;
  node.className = `avatar ${isGroup ? "group" : ""} ${isBot ? "bot" : toneOf(id)}`;
  node.textContent = isBot ? "✓" : chosen.map((word) => word[0]).join("").toUpperCase();
  return node;
}

const nameTone = (user) => (user.is_bot ? "bot" : toneOf(user.id));

export function saidIn(message) {
  if (message.text) return message.text;
  if (message.caption) return message.caption;
  if (message.document) return `📎 ${message.document.file_name}`;
  if (message.photo) return "🖼 Ảnh";
  return serviceText(message) ?? "";
}

export function serviceText(message) {
  const who = message.from.first_name;
  if (message.new_chat_members) {
    const added = message.new_chat_members.map((user) => user.first_name).join(", ");
    return added === who ? `${who} đã vào nhóm` : `${who} đã thêm ${added} vào nhóm`;
  }
  if (message.left_chat_member) {
    const gone = message.left_chat_member;
    return gone.id === message.from.id ? `${who} đã rời nhóm` : `${who} đã đưa ${gone.first_name} ra khỏi nhóm`;
  }
  if (message.pinned_message) return `${who} đã ghim “${shorten(saidIn(message.pinned_message))}”`;
  if (message.forum_topic_created) return `${who} đã mở chủ đề “${message.forum_topic_created.name}”`;
  if (message.migrate_to_chat_id) return "Nhóm đã được nâng cấp thành siêu nhóm";
  if (message.migrate_from_chat_id) return "Nhóm này được nâng cấp từ một nhóm thường";
  return null;
}

const shorten = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

// In a topic every message answers the one that opened it; that is no quotation.
export const quoted = (message) =>
  message.reply_to_message && !message.reply_to_message.forum_topic_created ? message.reply_to_message : null;

// Telegram counts offsets in UTF-16 units, and so do strings here.
export function richText(text, entities, actions) {
  const pieces = document.createDocumentFragment();
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(pieces, text, 0, text.length, sorted, actions);
  return pieces;
}

function fill(parent, text, from, to, entities, actions) {
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const first = Math.max(entity.offset, at);
    const last = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < last);
    rest = others.filter((other) => other.offset >= last);
    if (last <= first) continue;
    if (first > at) parent.append(text.slice(at, first));
    const node = wrap(entity, text.slice(first, last), actions);
    fill(node, text, first, last, inside, actions);
    parent.append(node);
    // A block ends its line by itself.
    at = BLOCKS.has(node.tagName) && text[last] === "\n" ? last + 1 : last;
  }
  if (at < to) parent.append(text.slice(at, to));
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };

const BLOCKS = new Set(["BLOCKQUOTE", "PRE"]);

function wrap(entity, covered, actions) {
  if (TAGS[entity.type]) return element(TAGS[entity.type]);
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? covered, actions);
  if (entity.type === "bot_command") {
    return element("button", { type: "button", class: "command", onclick: () => actions.say(covered) });
  }
  if (entity.type === "spoiler") {
    const open = (event) => event.currentTarget.classList.add("open");
    return element("button", { type: "button", class: "spoiler", "aria-label": "Chữ được che, bấm để xem", onclick: open });
  }
  return element("span", { class: entity.type.endsWith("mention") ? "mention" : "" });
}

export function link(url, actions) {
  const href = SAFE_LINK.test(url) ? url : "#";
  const follow = (event) => { if (actions.follow(href)) event.preventDefault(); };
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: follow });
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} byte`;
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${amount.toLocaleString("vi-VN", { maximumFractionDigits: 1 })} ${unit}`;
}

const fileUrl = (file) => `/sandbox/files/${encodeURIComponent(file.file_id)}`;

function media(message) {
  if (message.photo) {
    const largest = message.photo.at(-1);
    const picture = element("img", { src: fileUrl(largest), width: largest.width, height: largest.height, alt: message.caption || "Ảnh" });
    return element("a", { class: "photo", href: fileUrl(largest), target: "_blank", rel: "noopener", "aria-label": "Mở ảnh" }, picture);
  }
  if (message.document) {
    const { file_name: name, file_size: size } = message.document;
    const kind = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "tệp";
    return element("a", { class: "file", href: fileUrl(message.document), download: name },
      element("span", { class: "file-kind", "aria-hidden": "true" }, kind),
      element("span", {}, element("span", { class: "file-name" }, name), element("span", { class: "file-size" }, `${sizeOf(size)} · Tải về`)));
  }
  return null;
}

function keyboard(message, actions) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const button = (one) => {
    if (one.url) {
      const made = link(one.url, actions);
      made.textContent = `${one.text} ↗`;
      return made;
    }
    const press = (event) => actions.press(message, one, event.currentTarget);
    return element("button", { type: "button", onclick: press }, one.text);
  };
  return element("div", { class: "buttons", role: "group", "aria-label": "Nút của tin nhắn" },
    ...rows.map((row) => element("div", { class: "buttons-row" }, ...row.map(button))));
}

export function renderMessage(message, { speakerId, isGroup, topic, actions }) {
  const service = serviceText(message);
  if (service !== null) return element("div", { class: "service", "data-id": message.message_id }, service);
  const isOwn = message.from.id === speakerId;
  const bubble = element("div", { class: "bubble" });
  if (isGroup && !isOwn) bubble.append(element("span", { class: `sender ${nameTone(message.from)}` }, message.from.first_name));
  if (topic) bubble.append(element("span", { class: "topic" }, topic));
  const source = quoted(message);
  if (source) {
    bubble.append(element("button", { type: "button", class: "quote", "aria-label": "Đến tin được trả lời", onclick: () => actions.show(source.message_id) },
      element("strong", {}, source.from.first_name), element("span", {}, shorten(saidIn(source)))));
  }
  const shown = media(message);
  if (shown) bubble.append(shown);
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    bubble.append(element("span", { class: "said" }, richText(text, entities, actions)));
  }
  const sent = sentAt(message);
  const marks = `${message.is_pinned ? "📌 " : ""}${message.edit_date ? "đã sửa · " : ""}`;
  bubble.append(element("span", { class: "meta" }, marks, element("time", { dateTime: sent.toISOString(), title: momentOf(sent) }, timeOf(sent))));
  if (message.reactions?.length) bubble.append(element("div", {}, element("span", { class: "reactions" }, message.reactions.join(" "))));
  const buttons = keyboard(message, actions);
  const answer = element("button", { type: "button", class: "answer", "aria-label": `Trả lời tin của ${message.from.first_name}`, onclick: () => actions.answer(message) }, "↩");
  const avatar = isGroup && !isOwn ? dressAvatar(element("span", { "aria-hidden": "true" }), message.from.id, message.from.first_name, false, message.from.is_bot) : null;
  return element("article", { class: `message${isOwn ? " own" : ""}${buttons ? " has-buttons" : ""}`, "data-id": message.message_id },
    avatar, element("div", { class: "body" }, bubble, buttons), answer);
}
