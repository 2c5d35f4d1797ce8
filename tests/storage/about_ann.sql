-- A row about Ann in every table that can have one, each with a mark where there are words.
INSERT INTO idea_versions (idea_id, text, replaced_at) VALUES (:own, 'markversion', :now);
INSERT INTO idea_messages (chat_id, message_id, idea_id, text) VALUES (:chat, 90, :own, 'markpart');
INSERT INTO idea_vectors VALUES (:own, 'e', x'0102030405060708');
INSERT INTO duplicates VALUES (:own, :bobs, 0.9);
INSERT INTO look_alikes VALUES (:bobs, :own, 0.9);
INSERT INTO media (idea_id, kind, file_id, unique_id, due_at, path, state)
    VALUES (:own, 'photo', 'markfile', 'markunique', :now, 'ab/markpath.jpg', 'stored');
INSERT INTO supports VALUES (:bobs, :ann, :now);
INSERT INTO follows VALUES (:bobs, :ann, :now);
INSERT INTO comments (id, idea_id, author_id, text, chat_id, message_id, created_at)
    VALUES (1, :bobs, :ann, 'markcomment', :chat, 91, :now);
INSERT INTO comments (id, idea_id, author_id, answers_id, text, created_at)
    VALUES (2, :bobs, 2, 1, 'bob answers', :now);
INSERT INTO reports (comment_id, reporter_id, reason, created_at) VALUES (2, :ann, 'markreason', :now);
INSERT INTO reports (idea_id, reporter_id, created_at, settled_at, settled_by_id) VALUES (:bobs, NULL, :now, :now, :ann);
INSERT INTO replies (id, idea_id, status, text, by_id, created_at)
    VALUES (1, :bobs, 'planned', 'the town answers', :ann, :now);
INSERT INTO replies (id, idea_id, status, text, created_at) VALUES (2, :own, 'done', 'markreply', :now);
INSERT INTO notices (resident_id, idea_id, reply_id, created_at) VALUES (:ann, :bobs, 1, :now);
INSERT INTO conversations VALUES (:chat, 'edit', :own, 'markwords', :now);
INSERT INTO offers (chat_id, message_id, author_telegram_id, asker_telegram_id, text, created_at)
    VALUES (-5, 7, :chat, 43, 'markoffer', :now), (-5, 8, 43, :chat, 'somebody said', :now);
INSERT INTO inbox (bot_id, update_id, chat_id, state, received_at) VALUES (1, 1, :chat, 'done', :now);
INSERT INTO shown VALUES (:chat, 'idea:1', 92), (42, 'card:1', 93);
INSERT INTO dead_letters (origin, chat_id, payload, error, attempts, created_at)
    VALUES ('inbox', :chat, '{"text":"markdead"}', 'e', 1, :now),
           ('inbox', -5, '{"from":{"id":712345678901},"text":"markgroup"}', 'e', 1, :now),
           ('inbox', -5, '{"from":{"id":43},"text":"carl said"}', 'e', 1, :now);
INSERT INTO frame_looks VALUES (:own, 'v');
INSERT INTO frame_goals VALUES (:own, 'sdgs', '11', 0.5, '["markled"]');
INSERT INTO frame_marks (frame, idea_id, goal, by_id, marked_at) VALUES ('sdgs', :own, '11', 2, :now);
INSERT INTO frame_marks (frame, idea_id, goal, by_id, marked_at, undone_at, undone_by_id)
    VALUES ('sdgs', :bobs, '3', :ann, :now, :now, :ann);
INSERT INTO exports VALUES (:ann, :now, NULL);
INSERT INTO town_exports (chat_id, language, format, asked_at) VALUES (:chat, 'nl', 'xlsx', :now), (-5, 'nl', 'csv', :now);
INSERT INTO digest_files (chat_id, language, format, period_start, period_end, is_open, is_asked, wanted_at)
    VALUES (:chat, 'nl', 'png', :now, :now, 0, 1, :now), (-5, 'nl', 'png', :now, :now, 0, 0, :now);
INSERT INTO themes (id, label, keywords, born_at)
    VALUES (1, 'marktheme shade', '["marktheme", "shade"]', :now),
           (2, 'markalone', '["markalone"]', :now);
INSERT INTO theme_members (idea_id, theme_id, score) VALUES (:bobs, 1, 1.0), (:own, 2, 1.0);
INSERT INTO faded_members VALUES (2, :own);
INSERT INTO theme_decisions (id, kind, by_id, decided_at, theme_id, label)
    VALUES (1, 'rename', :ann, :now, 2, 'markgiven');
INSERT INTO theme_decisions (id, kind, decided_at, theme_id, undone_at, undone_by_id)
    VALUES (2, 'pin', :now, 1, :now, :ann);
INSERT INTO decision_holds VALUES (1, :own, 1, NULL);
INSERT INTO moderation_cases (id, idea_id, signs, opened_at) VALUES (1, :own, 'report', :now), (2, NULL, 'burst', :now);
INSERT INTO burst_ideas VALUES (2, :own), (2, :bobs);
INSERT INTO moderation_acts (id, kind, what, idea_id, case_id, person_id, by_id, undone_by_id, happened_at)
    VALUES (1, 'object', 'idea', :own, 1, :ann, :ann, NULL, :now),
           (2, 'keep', 'idea', :bobs, 2, 2, :ann, :ann, :now),
           (3, 'hide', 'idea', :own, 2, :ann, 2, NULL, :now);
INSERT INTO moderation_words VALUES (1, 'markobjection', :ann, :ann), (2, 'markdecided', 2, :ann),
    (3, 'markhidden', :ann, 2);
INSERT INTO blocks VALUES (:ann, NULL, 'r', :now);
INSERT INTO facilitators (resident_id, name, role, since, by_id) VALUES (:ann, 'markname', 'administrator', :now, :ann);
INSERT INTO facilitators (resident_id, name, role, since, by_id, ended_at, ended_by_id)
    VALUES (2, 'Bob', 'facilitator', :now, :ann, :now, :ann);
INSERT INTO invitations (token, role, by_id, created_at) VALUES ('markinvitation', 'facilitator', :ann, :now);
INSERT INTO invitations (token, role, by_id, created_at, used_at, used_by_id)
    VALUES ('bobs', 'administrator', 2, :now, :now, :ann);
INSERT INTO setting_changes (key, new, by_id, changed_at) VALUES ('digest.schedule', 'daily 08:00', :ann, :now);
INSERT INTO stale_cards (idea_id) VALUES (:own);
INSERT INTO theme_replies (id, theme_id, status, text, by_id, created_at, taken_back_by_id)
VALUES (1, (SELECT min(id) FROM themes), 'planned', 'to all of it', :ann, :now, :ann);
INSERT INTO taken_back_replies (idea_id, status, said_at, taken_back_at, taken_back_by_id)
VALUES (:own, 'planned', :now, :now, 2), (:bobs, 'planned', :now, :now, :ann);
INSERT INTO reply_versions (reply_id, status, text, replaced_by_id, replaced_at)
VALUES (2, 'planned', 'markreply before', :ann, :now);
INSERT INTO processes (id, name) VALUES (9, 'Youth');
INSERT INTO process_changes (process_id, was, state, by_id, changed_at) VALUES (9, 'open', 'paused', :ann, :now);
