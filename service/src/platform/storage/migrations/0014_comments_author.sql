-- What a customer wrote on anybody's tickets is looked up when they are deleted, forgotten or merged.
CREATE INDEX comments_author ON comments (author_id);
