/** What the page asks of the sandbox. What cannot be done is a `Refusal` with a line that people can read. */

const MAX_UPLOAD = 50 * 1024 * 1024;

const REASONS = [
  [/IMAGE_PROCESS_FAILED/, "This file cannot be read as a photo. It is still here; send it as a document instead."],
  [/too big for a photo/, "This photo is larger than 10 MB. It is still here; send it as a document instead."],
  [/PHOTO_INVALID_DIMENSIONS/, "This photo is too large or too narrow. It is still here; send it as a document."],
  [/file must be non-empty/, "This file is empty. Choose another one."],
];

export class Refusal extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Refusal("The sandbox does not answer. What you typed is kept; send it again in a moment.");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(readable(answer.error));
  return answer;
}

function readable(reason = "this did not work") {
  const known = REASONS.find(([pattern]) => pattern.test(reason));
  if (known) return known[1];
  const plain = reason.replace(/^Bad Request: /, "");
  return `Not sent: ${plain.replace(/\.$/, "")}. What you typed is kept.`;
}

function post(path, body) {
  const headers = { "content-type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

const chatPath = (chatId) => `/sandbox/chats/${chatId}`;

export const state = () => call("/sandbox/state");
export const commands = (chatId, person) => call(`${chatPath(chatId)}/commands?person=${person}`);

/** The messages of a chat, each with its `reactions`: emoji by who gave them. */
export async function messages(chatId) {
  const { messages: found, reactions } = await call(`${chatPath(chatId)}/messages`);
  return found.map((message) => ({ ...message, reactions: reactions[message.message_id] }));
}

export const send = (chatId, content) => post(`${chatPath(chatId)}/send`, content);
export const edit = (chatId, messageId, content) => post(`${chatPath(chatId)}/messages/${messageId}/edit`, content);
export const press = (chatId, messageId, content) => post(`${chatPath(chatId)}/messages/${messageId}/press`, content);
export const block = (person, blocked) => post(`/sandbox/people/${person}/block`, { blocked });
export const setBotStatus = (chatId, person, status) => post(`${chatPath(chatId)}/bot`, { from: person, status });
export const react = (chatId, messageId, content) => post(`${chatPath(chatId)}/messages/${messageId}/react`, content);
export const forward = (chatId, content) => post(`${chatPath(chatId)}/forward`, content);
export const askInline = (chatId, content) => post(`${chatPath(chatId)}/inline`, content);
export const choose = (chatId, content) => post(`${chatPath(chatId)}/inline/choose`, content);
export const beginTopic = (chatId, content) => post(`${chatPath(chatId)}/topics`, content);
export const openLink = (person, content) => post(`/sandbox/people/${person}/open`, content);
export const upgrade = (chatId) => post(`${chatPath(chatId)}/upgrade`, {});
export const addPerson = (person) => post("/sandbox/people", person);
export const fileUrl = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

/** Send a file as `kind` (photo, document, voice, video) with the other fields of the message. */
export const upload = (chatId, kind, file, fields) => sendForm(`${chatPath(chatId)}/upload`, kind, [file], fields);

/** Send several files at once; gives their messages. */
export const album = async (chatId, kind, files, fields) =>
  (await sendForm(`${chatPath(chatId)}/album`, kind, files, fields)).messages;

/** Put another file in the place of one that was sent. */
export const replaceFile = (chatId, messageId, kind, file, fields) =>
  sendForm(`${chatPath(chatId)}/messages/${messageId}/edit`, kind, [file], fields);

async function sendForm(path, kind, files, fields) {
  if (files.some((file) => file.size > MAX_UPLOAD)) {
    throw new Refusal("A file is larger than 50 MB. It is still here; choose a smaller one.");
  }
  const form = new FormData();
  form.set("as", kind);
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined && value !== "") form.set(name, value);
  }
  for (const file of files) form.append("file", file, file.name);
  return call(path, { method: "POST", body: form });
}
