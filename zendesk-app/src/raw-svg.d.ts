// What does the import of an icon's text give?
declare module '*.svg?raw' {
  const text: string;
  export default text;
}
