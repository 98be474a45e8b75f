-- What a link shows: the dashboard on a wall, or the company page about surveys.
ALTER TABLE wall_links ADD COLUMN shows text NOT NULL DEFAULT 'dashboard' CHECK (shows IN ('dashboard', 'company'));
