// What does a test get for an imported icon? Its text, as from Vite's `?raw`.
export default {
  process: (text) => ({ code: `module.exports = { __esModule: true, default: ${JSON.stringify(text)} };` }),
};
