// What do component tests assert with? Testing Library's words for the DOM.
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Asking jsdom for the style of every element makes a query by role ten times as slow, and the sidebar hides nothing by style.
// What is awaited may come later than within the usual second, on a busy machine.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });
