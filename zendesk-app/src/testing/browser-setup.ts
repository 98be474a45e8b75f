// Sets up Testing Library's matchers for component tests.
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Computing styles makes queries by role ten times as slow in jsdom, and the sidebar hides nothing by style.
// On a busy machine an awaited element may take longer than the default second.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
