-- A batch takes along what waits for its tickets in other batches.
CREATE INDEX inbox_waiting_ticket ON inbox (ticket_id) WHERE state = 'waiting';
