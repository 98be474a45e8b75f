-- The service makes and drops months of the history by these functions, which run with the rights of the owner of the database: so its role need neither
-- own a table nor create anything beside the tables, where migrations would meet it.
CREATE FUNCTION deskwright_make_history_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := 'history_' || to_char(month, 'YYYY_MM');
  first text := to_char(month, 'YYYY-MM') || '-01T00:00:00Z';
  next text := to_char(month + interval '1 month', 'YYYY-MM') || '-01T00:00:00Z';
BEGIN
  EXECUTE format('CREATE TABLE public.%I (LIKE public.history INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  LOCK TABLE public.history_other IN ACCESS EXCLUSIVE MODE;
  EXECUTE format(
    'WITH moved AS (DELETE FROM public.history_other WHERE at >= %L::timestamptz AND at < %L::timestamptz RETURNING *) INSERT INTO public.%I SELECT * FROM moved',
    first, next, name);
  EXECUTE format('ALTER TABLE public.history ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', name, first, next);
  -- The role of the service reads it by itself, too: before it is dropped, and in a backup.
  EXECUTE format('GRANT SELECT ON public.%I TO %I', name, session_user);
END $$;
--> statement-breakpoint
-- Entries of the tickets in `kept` stay, in `history_other`.
CREATE FUNCTION deskwright_drop_history_month(month date, kept bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := 'history_' || to_char(month, 'YYYY_MM');
BEGIN
  EXECUTE format('ALTER TABLE public.history DETACH PARTITION public.%I', name);
  EXECUTE format('INSERT INTO public.history_other SELECT * FROM public.%I WHERE ticket_id = ANY($1)', name) USING kept;
  EXECUTE format('DROP TABLE public.%I', name);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION deskwright_make_history_month(date), deskwright_drop_history_month(date, bigint[]) FROM PUBLIC;
