-- Several campaigns of one survey may be under way: whom another asks is known when each is planned.
DROP INDEX campaigns_under_way;
