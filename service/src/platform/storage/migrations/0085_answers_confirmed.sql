-- Of a doubtful answer without the page's script: whether hours passed and nothing contradicts that a person gave it. Null: not looked at yet.
ALTER TABLE responses ADD COLUMN confirmed boolean;
