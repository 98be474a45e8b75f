// Lists common English words, which are never taken for misspellings.

/**
 * Common English words of four letters and more, with inflections: never taken for a misspelling of a policy's word
 * (`changed` for `charged`, `losing` for `login`, `border` for `order`). Words of other languages are safe only when
 * they appear in the policy themselves. Collected by hand from everyday mail; neither ordered nor complete.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  able about above accept accepted across action actually after afternoon again against aged agree ahead alike alive
  allow allowed almost alone along already also although always among amount animal annoyed another answer answered
  answers anybody anyone anything anyway anywhere apart apply appear area areas around arrange asked asking asks asleep
  attach attached aunt autumn away awful baby back backed badly bags ball band bank bare base based basic bear beat
  beautiful became because become becomes been before began begin behind being believe bell belong below beside best
  better between beyond bigger biggest bill birth birthday black blame block blue board boat body bold book books boot
  boots border bored both bother bottle bottom bought bound boys brake brand bread break breaking bring broad broke
  brother brought brown build building built burn business busy cable call called calling calls calm came camp care
  careful carry case cash catch caught cause caused cell centre certain chain chair chance change changed changes
  changing cheap check checked checking cheese cheque child children chip choice choose chose chosen church city claim
  claims class clean clear clearly click clicked client close closed closer closes closing cloth clothes cloud club coat
  code coffee cold collect colour come comes coming command commend commit common company compare complete concern
  confirm connect contain content control cook cool copied copy corner correct cost could couldnt count country couple
  course cover covered crash cream crew cross crowd curve custom cycle daily damp dark data date daughter days dead deal
  dealt dear death decide decided decline deep deer define degree delay deliver depend desk detail details died differ
  different difficult dinner direct dirty discover dish does doesnt doing dollar done dont door double doubt down dozen
  draw dream dress drink drive driver drop dropped dust each early earn easier easily easy eats edge effort eight either
  else email empty ends enemy enjoy enough enter entire entry error even evening event ever every everyone everything
  exact exactly except excited excuse exit expect expert explain extra eyes face fact fail failed failing fails fair fall
  fallen family far farm fast fault favour fear feel feeling feels feet fell felt fewer field fight figure file filed
  fill filled film final finally find finds fine finger finish fire first fish fits five fixed flag flat floor flow fold
  folder folk follow food foot force forest forget forgot form former forward found four free freeze fresh friday friend
  friends from front fruit full funny further future gain game games garden gate gave gear getting gift girl give given
  gives giving glad glass goes going gold gone good got grade grand grass great green grew grey ground group grow guess
  guest guide hair half hall hand handle hands hang happen happened happens happy hard hardly hate hated have havent
  having head hear heard heart heat heavy held hello help helped helping hence here hers high hill hills hint hire hold
  holder hole holiday home honest hope hoped hoping horse hotel hour hours house however huge human hundred hung hurry
  hurt husband idea image important include inside instead into invite invoke iron island itself jacket join joke judge
  july jump june just keen keep keeps kept keys kick kids kill kind king kitchen knew know known knows lack lady lake
  land large last lasted late later laugh lead leader leak learn least leave leaves leaving left legs lend less lesson
  lets letter level library lies life lift light like liked likely limit line link list listen little live lived lives
  living load loaded local lock locked long longer look looked looking looks loose lose loses losing loss lost lots loud
  love loved lovely lower luck lucky lunch made mail main make makes making manage many maps mark market match matter
  maybe meal mean means meant meet member mention merely merge middle might mile mind mine minor minute minutes miss
  missed missing mistake modern moment monday money month months moon more morning most mostly mother mount mountain
  mouth move moved moves moving much must name named near nearly neck need needed needs neither never news next nice
  night nine nobody noise none noon normal north note noted nothing notice november number numbers october odder offer
  offered offers office often older once ones only onto open opened opening opens opinion option other others ought
  ours outer outside over owner pack packed page paid pain pair paper parent parents park part parted parts party pass
  passed passes past path patience patient pays peace people perfect perhaps period person personal phone photo photos
  pick picked picture piece place placed places plain plan plane planned plans plant plate play played please plenty
  point poor portal post posted power prefer prepare present press pressed pretty preview price prices print printed
  private probably problem problems process produce profit promise promised proof proper proud prove provide public pull
  pump purpose push pushed puts quality question questions quick quickly quiet quite race radio rain raise rang range
  rare rate rated rather reach read reader reading ready real really reason reasons receive received recent record refer
  refuse refused regard regards regret related relay relied rely remain remember remind remove removed rent repeat reply
  report request require rest result return returned returns revert revise rich ride right ring rise risk river road
  rock role roll roof room rope round rule rules runs rush safe said sail sale sales salt same sand saturday save saved
  says scale scene school score sean search season seat second seconds secret seem seemed seems seen sell send sending
  sends sense sent separate serve served server service serving sets setting settle seven several shall shape share shared
  sharp shed sheet ship shipped shirt shoe shoes shop shopping shops short shot should shoulder shout show showed shower
  shown shows shut sick side sign signal signed silly similar simple simply since single sister site sites sits size
  sizes skin sleep slip slow slowly small smart smell snow social soft sold some somebody somehow someone something
  sometimes somewhere song soon sorry sort sound south space speak special speed spell spend spent split spoke spoken
  spot spring staff stage stair stamp stand standard star start started starting starts state stated stay stayed step
  still stock stole stop stopped store storm story straight strange street string strong stuck student study stuff
  stupid style such sudden sugar suggest suit summer sunday support supposed sure surely sweet swim system table tail
  take taken takes taking talk talked tall taste team tear tears tell tells tend tent term terms test tests text than
  thank thanks that thats their them then there these they theyre thick thin thing things think third this those though
  thought thousand three through throw thursday thus ticket tied ties tight till time timed times tired today together
  told tomorrow tonight took tool tools total touch toward town track trail train travel tree tried tries trip trips
  trouble true trust truth trying tuesday turn turned twelve twenty twice type typed ugly uncle under unless until upon
  used useful user uses using usual usually value various very view visit voice wait waited waiting wake walk wall want
  wanted wants warm warn wash waste watch water ways wear weather website wednesday week weekend weeks weight welcome
  well went were west whale what whatever wheel when where whether which while white whoever whole whom whose wide wife
  wild will wind window wine winter wish with within without woman women wonder wont wood word words wore work worked
  working works world worn worry worse worst worth would wouldnt wrap write writes writing written wrong wrote yard year
  years yellow yesterday young your yours yourself zero
  `
    .trim()
    .split(/\s+/u),
);
