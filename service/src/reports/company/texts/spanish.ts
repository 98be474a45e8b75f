// The Spanish texts of the company page and the explainer.
import type { CompanyTexts } from './company-texts.ts';

export const SPANISH: CompanyTexts = {
  language: 'es',
  name: 'Español',
  title: 'Qué dicen los clientes',
  periods: { week: 'Semana', month: 'Mes', quarter: 'Trimestre' },
  periodsLabel: 'Periodo',
  languagesLabel: 'Idioma',
  answers: (n) => `Respuestas: ${n}`,
  interval: (low, high) => `Intervalo del 95 %: de ${low} a ${high}`,
  response: (rate, answered, asked) => `Tasa de respuesta: ${rate} (${answered} de ${asked})`,
  tooFew: (least) =>
    `Menos de ${least} respuestas, aquí o por diferencia con otros periodos: no se muestra nada, para que no se reconozca a nadie.`,
  nothing: 'Aún no hay ninguna encuesta.',
  change: {
    up: 'Realmente más alto que en el periodo anterior.',
    down: 'Realmente más bajo que en el periodo anterior.',
    same: 'Como en el periodo anterior.',
    unclear: 'No se puede saber si difiere del periodo anterior: el azar puede explicarlo, o hay muy pocas respuestas.',
  },
  trend: 'Tendencia',
  launches: 'Qué pasó',
  columns: { period: 'Desde', score: 'Puntuación', answers: 'Respuestas', interval: 'Intervalo del 95 %' },
  drivers: 'Motivos que dieron los clientes',
  imported: (n, tool) => `Importadas de ${tool}: ${n}; no cuentan en ninguna tasa de respuesta.`,
  otherTool: 'otra herramienta',
  footnote: (least) =>
    `Sin nombres, tickets ni comentarios. Se omite lo que dijeron menos de ${least} clientes y lo que lo revelaría por diferencia.`,
  about: 'Qué significan estas puntuaciones',
  back: 'Volver a las puntuaciones',
  notices: {
    unknown: { title: 'Aquí no hay nada', text: 'Compruebe la dirección.' },
    revoked: {
      title: 'Este enlace fue revocado',
      text: 'Pida uno nuevo a un administrador de su servicio de asistencia.',
    },
    busy: { title: 'Demasiadas solicitudes', text: 'Vuelva a cargar la página dentro de un minuto.' },
    trouble: { title: 'La página tiene un problema', text: 'El problema es nuestro. Vuelva a cargarla en un momento.' },
  },
  kinds: {
    nps: {
      heading: 'NPS: ¿nos recomendarían los clientes?',
      counted: 'Porcentaje de promotores menos porcentaje de detractores: de −100 a +100.',
      source: 'Reichheld, «The One Number You Need to Grow», Harvard Business Review, 2003',
    },
    csat: {
      heading: 'CSAT: ¿qué tan satisfechos están con la ayuda?',
      counted: 'Porcentaje de respuestas 4 y 5.',
      source: 'Las dos mejores respuestas, como es habitual para la satisfacción',
    },
    ces: {
      heading: 'CES: ¿es fácil recibir ayuda?',
      counted: 'Porcentaje de respuestas 5, 6 y 7.',
      source: 'Dixon, Toman y DeLisi, «The Effortless Experience», 2013 (CES 2.0)',
    },
  },
  classes: {
    promoter: 'promotores',
    passive: 'pasivos',
    detractor: 'detractores',
    happy: 'satisfechos',
    neutral: 'neutrales',
    unhappy: 'insatisfechos',
    easy: 'fácil',
    hard: 'difícil',
  },
  explain: {
    title: (company) => `Qué significan las puntuaciones de las encuestas de ${company}`,
    intro: (company) =>
      `Para quienes trabajan en ${company}: qué se pregunta a los clientes y cómo se cuentan sus respuestas.`,
    question: 'Pregunta',
    scale: (lowest, highest) => `Escala: de ${lowest} a ${highest}`,
    asked: {
      atOnce: 'Se pregunta a los clientes en cuanto se resuelve su solicitud.',
      solve: (when) => `Se pregunta a los clientes después de resolver su solicitud; plazo: ${when}.`,
      campaign: (when) => `Se pregunta a cada cliente como máximo una vez en este plazo, haya escrito o no: ${when}.`,
    },
    requests: {
      about: (categories) => `Solo tras las solicitudes sobre: ${categories}.`,
      allBut: (categories) => `Tras todas las solicitudes, salvo las relativas a: ${categories}.`,
      none: 'Ahora no se hace tras ningún tipo de solicitud.',
    },
    conditions: 'De estos clientes, solo se pregunta a quienes cumplen las condiciones de la configuración.',
    sample: (share) => `Se pregunta al ${share} de los clientes; quien está en la muestra permanece en ella.`,
    remind: (after) => `A quien no ha respondido se le recuerda una vez; plazo: ${after}.`,
    open: (duration) => `Se puede responder y cambiar la respuesta durante ${duration}.`,
    businessHours: (hours) => `${hours} de horario laboral`,
    rulesTitle: 'Con qué frecuencia se pregunta',
    contact: (every) => `No se pregunta a nadie más de una vez en este plazo, sumando todas las encuestas: ${every}.`,
    rest: (duration) =>
      `A los clientes nuevos no se les pregunta nada después de su primera solicitud durante ${duration}.`,
    unsubscribe: 'A quien se da de baja no se le vuelve a preguntar nunca.',
    readingTitle: 'Cómo leer una puntuación',
    reading: [
      'Una puntuación es una estimación hecha con quienes respondieron. El intervalo del 95 % dice qué tan segura es: cuantas menos respuestas, más ancho.',
      'Con menos de 30 respuestas no se juzga nada. Un cambio se llama real si el azar por sí solo produce uno igual de grande en menos de uno de cada veinte casos.',
      'La tasa de respuesta es el porcentaje de encuestas entregadas que se respondieron. Si es baja, quienes respondieron pueden ser distintos de los demás.',
      'No cuentan las respuestas enviadas por programas que revisan el correo.',
    ],
    benchmarksTitle: 'Qué alcanzan otros',
    noBenchmarks: 'La política no tiene ninguna referencia («benchmark» de un objetivo o del NPS).',
    benchmark: (text, source) => `${text} (${source})`,
    caution:
      'Las puntuaciones de otras empresas dependen de su pregunta, escala, canal y clientes. Compárese primero consigo mismo.',
    madeFrom: (date) => `Hecho con la configuración vigente el ${date}.`,
  },
};
