// The Spanish texts of surveys.
import type { SurveyTexts } from './survey-texts.ts';

const number = (value: number) => value.toLocaleString('es');

export const SPANISH: SurveyTexts = {
  language: 'es',
  scales: {
    csat: {
      lead: '',
      question: () => '¿Está satisfecho con la ayuda que recibió?',
      labels: ['Muy insatisfecho', 'Insatisfecho', 'Neutral', 'Satisfecho', 'Muy satisfecho'],
      subject: (company) => `¿Qué tal lo ha hecho ${company}?`,
    },
    ces: {
      lead: '¿En qué medida está de acuerdo?',
      question: (company) => `${company} me facilitó resolver mi problema.`,
      labels: [
        'Totalmente en desacuerdo',
        'En desacuerdo',
        'Algo en desacuerdo',
        'Ni de acuerdo ni en desacuerdo',
        'Algo de acuerdo',
        'De acuerdo',
        'Totalmente de acuerdo',
      ],
      subject: (company) => `¿Fue fácil recibir ayuda de ${company}?`,
    },
    nps: {
      lead: '',
      question: (company) => `¿Qué probabilidad hay de que recomiende ${company} a un amigo o colega?`,
      labels: ['Nada probable', '', '', '', '', '', '', '', '', '', 'Muy probable'],
      subject: (company) => `¿Recomendaría ${company}?`,
      intro: (company) => `En ${company} queremos saber qué opina de nosotros. Le llevará menos de un minuto.`,
    },
    pulse: {
      lead: '',
      question: () => '¿Qué tal ha ido su trabajo en las últimas semanas?',
      labels: ['Muy mal', 'Mal', 'Ni bien ni mal', 'Bien', 'Muy bien'],
      subject: (company) => `¿Qué tal el trabajo en ${company}?`,
      intro: () => 'Una pregunta sobre su trabajo. Nadie ve quién ha respondido qué.',
    },
  },
  drivers: {
    speed: 'La rapidez',
    knowledge: 'Los conocimientos del equipo',
    friendliness: 'El trato',
    solution: 'La solución',
    effort: 'El esfuerzo que me costó',
  },
  greeting: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
  request: (ticketId) => `n.º ${ticketId}`,
  mail: {
    intro: (company, request) =>
      `${company} ha marcado su solicitud ${request} como resuelta. ¿Nos cuenta qué tal fue? Le llevará menos de un minuto.`,
    how: 'Al elegir una respuesta se abre una página; eso solo no registra ninguna respuesta. Lo que elija o escriba en ella puede guardarse antes de que pulse «Enviar».',
    expires: (date) => `Puede responder, o cambiar su respuesta, hasta el ${date}.`,
    unsubscribe: 'No quiero más encuestas',
    unsubscribeWhy: (company) => `Recibe este correo porque pidió ayuda a ${company}.`,
    scoreLink: (score, label) => `${score}: ${label}`,
  },
  form: {
    title: '¿Qué tal fue?',
    about: (request) => `Sobre su solicitud ${request}`,
    comment: '¿Desea añadir algo?',
    followUp: { low: '¿Qué salió mal?', middle: '¿Qué podríamos mejorar?', high: '¿Qué hicimos bien?' },
    drivers: '¿Qué fue lo más importante?',
    mayContact: (company) => `${company} puede ponerse en contacto conmigo sobre esta respuesta`,
    saved: 'Guardado',
    optional: 'opcional',
    commentHint: (limit) => `Hasta ${number(limit)} caracteres.`,
    privacy: (company) =>
      `El equipo de asistencia de ${company} lee todas las respuestas. No incluya contraseñas ni números de tarjeta.`,
    send: 'Enviar',
    errorTitle: 'Revise su respuesta',
    errorPrefix: 'Error: ',
    scoreMissing: 'Elija una de las respuestas.',
    commentTooLong: (length, limit) =>
      `Su comentario tiene ${number(length)} caracteres; redúzcalo a ${number(limit)}.`,
    changing: (answer) => `Antes respondió «${answer}». Al enviar este formulario cambia su respuesta.`,
    change: 'Enviar el cambio',
  },
  thanks: {
    title: 'Gracias',
    lead: (company) => `Su respuesta ha llegado al equipo de asistencia de ${company}.`,
    yourAnswer: 'Su respuesta',
    yourComment: 'Su comentario',
    openUntil: (date) => `Puede cambiarla hasta el ${date}.`,
    change: 'Cambiar mi respuesta',
  },
  pulse: {
    open: 'Responder a la pregunta',
    how: 'El correo no menciona ninguna respuesta a propósito: lo que elija solo lo conoce la página.',
    expires: (date) => `Puede responder hasta el ${date}.`,
    unsubscribeWhy: (company) => `Recibe este correo porque atiende las solicitudes de los clientes de ${company}.`,
    promise:
      'Su respuesta es anónima: se guarda sin su nombre y solo se muestra cuando la encuesta se ha cerrado y si han respondido al menos cinco personas. Después no se puede cambiar. No escriba nada que permita saber quién es.',
    confirm: {
      title: 'Confirme su respuesta',
      text: 'Los programas que revisan correos también rellenan formularios; demuestre que usted no es uno. Todavía no se ha guardado nada.',
      again: (score) => `Escriba el número de su respuesta: ${score}`,
      mismatch: 'Ese número no es el de su respuesta.',
    },
    thanks: {
      title: 'Gracias',
      text: () => 'Su respuesta se ha guardado sin su nombre. Ya no se puede cambiar.',
    },
    answered: {
      title: 'Este enlace ya se ha usado',
      text: () =>
        'Cada persona responde una vez. Como las respuestas son anónimas, la suya no se puede mostrar ni cambiar.',
    },
  },
  followUp: {
    subject: (company) => `Su respuesta a la encuesta de ${company}`,
  },
  thankYou: {
    subject: (company) => `Gracias de parte de ${company}`,
    text: (company, agent) =>
      agent === ''
        ? `Gracias por recomendar ${company}. Nos ha alegrado mucho leerlo.`
        : `Gracias por recomendar ${company}. A ${agent} y a todo el equipo nos ha alegrado mucho leerlo.`,
    link: 'Escribir una reseña',
  },
  closed: {
    expired: {
      title: 'Esta encuesta ha terminado',
      text: (company) =>
        `El plazo para responder ha pasado. Si quiere decirle algo más a ${company}, responda a su solicitud.`,
    },
    expiredAnswered: {
      title: 'Esta encuesta ha terminado',
      text: (company) => `${company} tiene su respuesta. Ya no se puede cambiar.`,
    },
    unknown: {
      title: 'No conocemos este enlace',
      text: () => 'Quizá esté incompleto. Ábralo de nuevo desde el correo o copie la dirección entera en su navegador.',
    },
    cancelled: { title: 'Esta encuesta ya no está abierta', text: () => 'No tiene que hacer nada.' },
    busy: {
      title: 'Un momento, por favor',
      text: () => 'Hubo demasiadas peticiones desde su red. Inténtelo de nuevo dentro de un minuto.',
    },
    busySending: {
      title: 'Un momento, por favor',
      text: () =>
        'Hubo demasiadas peticiones desde su red. Su respuesta no se ha perdido: dentro de un minuto, pulse el botón para enviarla de nuevo.',
    },
    tooLarge: {
      title: 'Era demasiado texto',
      text: () => 'Su respuesta no se ha guardado. Vuelva atrás, acorte el comentario y envíelo de nuevo.',
    },
    trouble: {
      title: 'Algo no ha funcionado',
      text: () => 'El problema es nuestro. Inténtelo de nuevo dentro de unos minutos; su enlace sigue siendo válido.',
    },
  },
  unsubscribe: {
    ask: {
      title: '¿No quiere más encuestas?',
      text: (company) =>
        `Pulse el botón para no recibir más encuestas de ${company}. Seguirá recibiendo correos sobre sus solicitudes.`,
    },
    confirm: 'No recibir encuestas',
    done: {
      title: 'No habrá más encuestas',
      text: (company) => `${company} no le enviará más encuestas. Seguirá recibiendo correos sobre sus solicitudes.`,
    },
    undo: 'Volver a recibir encuestas',
    askAgain: {
      title: '¿Recibir encuestas de nuevo?',
      text: (company) => `Pulse el botón para volver a recibir encuestas de ${company}.`,
    },
    undone: {
      title: 'Hola de nuevo',
      text: (company) => `Puede volver a recibir encuestas de ${company}.`,
    },
  },
};
