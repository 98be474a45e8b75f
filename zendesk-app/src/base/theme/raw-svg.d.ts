// Types the import of an icon as text.
declare module '*.svg?raw' {
  const text: string;
  export default text;
}
